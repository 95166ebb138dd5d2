import type { SurfaceKind } from '../../protocol/messages.ts';
import type { ShareFailure, ShareSource, ShareState } from '../../protocol/picture.ts';
import type { Mend, MendButton, Problem } from '../../protocol/session-view.ts';

const AGAIN: Readonly<Record<ShareSource, MendButton>> = {
  screen: { mend: 'shareScreen', label: 'Share Again…' },
  camera: { mend: 'shareCamera', label: 'Try Again' },
};

const WHERE: Readonly<Record<SurfaceKind, string>> = {
  panel: 'in the Talkthrough view',
  page: 'in the Talkthrough page of your browser',
};

/** What is wrong with a share, for the person; nothing while all is well, and when they only changed their mind. */
export function shareProblem(
  source: ShareSource,
  state: ShareState,
  surface: SurfaceKind | undefined,
): Problem | undefined {
  switch (state.kind) {
    case 'off':
    case 'choosing':
    case 'awaiting-page':
    case 'on':
      return undefined;
    case 'waiting':
      return {
        code: `${source}-waiting`,
        kind: 'question',
        sentence:
          source === 'screen'
            ? `Click once ${WHERE[surface ?? 'panel']}, so that your browser lets you choose what to share.`
            : `Click once ${WHERE[surface ?? 'panel']}, so that your browser may ask for the camera.`,
        buttons: [],
      };
    case 'failed': {
      const problem = source === 'screen' ? SCREEN[state.reason] : CAMERA[state.reason];
      if (problem === undefined) return undefined;
      const { sentence, mends } = problem;
      return { code: `${source}-${state.reason}`, sentence, buttons: mends.map((mend) => button(source, mend)) };
    }
  }
}

interface Words {
  readonly sentence: string;
  readonly mends: readonly Mend[];
}

/** `cancelled` is no problem: the person has said what they want. */
const SCREEN: Readonly<Partial<Record<ShareFailure, Words>>> = {
  denied: {
    sentence:
      "Your browser does not let Talkthrough share the screen. Allow it in the site settings, beside the page's address, and share again.",
    mends: ['shareScreen'],
  },
  'denied-by-system': {
    sentence:
      "The operating system does not let your browser record the screen. Allow the browser under Screen Recording in the system's privacy settings, restart it, and share again.",
    mends: ['shareScreen'],
  },
  'blocked-by-policy': {
    sentence:
      'VS Code does not let extensions share a screen here. Open the Talkthrough page in your browser and share there.',
    mends: ['openPage'],
  },
  missing: { sentence: 'There is no screen or window that the browser could share.', mends: ['shareScreen'] },
  busy: {
    sentence:
      'The browser could not read that screen or window; another program may hold it. Choose it again or another one.',
    mends: ['shareScreen'],
  },
  vanished: { sentence: 'What you shared is gone. Nothing is seen any more.', mends: ['shareScreen'] },
  unsupported: {
    sentence:
      'This browser cannot share a screen. Open the Talkthrough page in Chrome, Edge, Firefox or Safari on a computer.',
    mends: ['openPage'],
  },
  broken: { sentence: 'What you shared gave no picture, so nothing was sent.', mends: ['shareScreen', 'showLog'] },
};

const CAMERA: Readonly<Partial<Record<ShareFailure, Words>>> = {
  denied: {
    sentence:
      "Your browser does not let Talkthrough use the camera. Allow it in the site settings, beside the page's address, and try again.",
    mends: ['shareCamera'],
  },
  'denied-by-system': {
    sentence:
      "The operating system does not let your browser use the camera. Allow the browser under Camera in the system's privacy settings and try again.",
    mends: ['shareCamera'],
  },
  'blocked-by-policy': {
    sentence:
      'VS Code does not let extensions use a camera here. Open the Talkthrough page in your browser and share there.',
    mends: ['openPage'],
  },
  missing: { sentence: 'No camera is connected.', mends: ['shareCamera'] },
  busy: {
    sentence:
      "Another program uses the camera, or the operating system keeps it from your browser. Close it there, or allow the browser under Camera in the system's privacy settings, and try again.",
    mends: ['shareCamera'],
  },
  vanished: { sentence: 'The camera was unplugged or switched off. Nothing is seen any more.', mends: ['shareCamera'] },
  unsupported: { sentence: 'This browser cannot use a camera.', mends: ['openPage'] },
  broken: { sentence: 'The camera gave no picture, so nothing was sent.', mends: ['shareCamera', 'showLog'] },
};

function button(source: ShareSource, mend: Mend): MendButton {
  switch (mend) {
    case 'openPage':
      return { mend, label: 'Open Page' };
    case 'showLog':
      return { mend, label: 'Show Log' };
    default:
      return AGAIN[source];
  }
}
