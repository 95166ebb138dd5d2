// Sound in and out, in a real Chromium on this machine, against the goals. `npm run bench -- audio`.
import { printFindings } from './audio/findings.ts';
import { measurePlayer } from './audio/player.ts';
import { measureRecorder } from './audio/recorder.ts';

printFindings('loudspeaker', await measurePlayer());
printFindings('microphone', await measureRecorder());
