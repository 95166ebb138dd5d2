// The page of the audio tests: the product's own modules, bundled as for the product, and a typed handle for the tests.
import type { AudioHarness } from './audio-harness-contract.ts';
import { microphoneHarness, recordMicrophones } from './microphone-harness.ts';
import { watchResources } from './opened-resources.ts';
import { installTap, speakerHarness } from './speaker-harness.ts';

watchResources();
installTap();
recordMicrophones();

const harness: AudioHarness = { ...microphoneHarness, ...speakerHarness };
Object.assign(window, { harness });
