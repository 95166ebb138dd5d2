import type { SurfaceKind } from '../../protocol/messages.ts';
import type { ShareFailure, ShareSource, ShareState } from '../../protocol/picture.ts';
import type { ProblemAction, ProblemButton, Problem } from '../../protocol/session-view.ts';

const AGAIN: Readonly<Record<ShareSource, ProblemButton>> = {
  screen: { action: 'shareScreen', label: 'Share Again…' },
  camera: { action: 'shareCamera', label: 'Try Again' },
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
      const { sentence, actions } = problem;
      return { code: `${source}-${state.reason}`, sentence, buttons: actions.map((action) => button(source, action)) };
    }
  }
}

interface Words {
  readonly sentence: string;
  readonly actions: readonly ProblemAction[];
}

/** `cancelled` is no problem: the person has said what they want. */
const SCREEN: Readonly<Partial<Record<ShareFailure, Words>>> = {
  denied: {
    sentence:
      "Your browser does not let Talkthrough share the screen. Allow it in the site settings, beside the page's address, and share again.",
    actions: ['shareScreen'],
  },
  'denied-by-system': {
    sentence:
      "The operating system does not let your browser record the screen. Allow the browser under Screen Recording in the system's privacy settings, restart it, and share again.",
    actions: ['shareScreen'],
  },
  'blocked-by-policy': {
    sentence:
      'VS Code does not let extensions share a screen here. Open the Talkthrough page in your browser and share there.',
    actions: ['openPage'],
  },
  missing: { sentence: 'There is no screen or window that the browser could share.', actions: ['shareScreen'] },
  busy: {
    sentence:
      'The browser could not read that screen or window; another program may hold it. Choose it again or another one.',
    actions: ['shareScreen'],
  },
  vanished: { sentence: 'What you shared is gone. Nothing is seen any more.', actions: ['shareScreen'] },
  unsupported: {
    sentence:
      'This browser cannot share a screen. Open the Talkthrough page in Chrome, Edge, Firefox or Safari on a computer.',
    actions: ['openPage'],
  },
  broken: { sentence: 'What you shared gave no picture, so nothing was sent.', actions: ['shareScreen', 'showLog'] },
};

const CAMERA: Readonly<Partial<Record<ShareFailure, Words>>> = {
  denied: {
    sentence:
      "Your browser does not let Talkthrough use the camera. Allow it in the site settings, beside the page's address, and try again.",
    actions: ['shareCamera'],
  },
  'denied-by-system': {
    sentence:
      "The operating system does not let your browser use the camera. Allow the browser under Camera in the system's privacy settings and try again.",
    actions: ['shareCamera'],
  },
  'blocked-by-policy': {
    sentence:
      'VS Code does not let extensions use a camera here. Open the Talkthrough page in your browser and share there.',
    actions: ['openPage'],
  },
  missing: { sentence: 'No camera is connected.', actions: ['shareCamera'] },
  busy: {
    sentence:
      "Another program uses the camera, or the operating system keeps it from your browser. Close it there, or allow the browser under Camera in the system's privacy settings, and try again.",
    actions: ['shareCamera'],
  },
  vanished: {
    sentence: 'The camera was unplugged or switched off. Nothing is seen any more.',
    actions: ['shareCamera'],
  },
  unsupported: { sentence: 'This browser cannot use a camera.', actions: ['openPage'] },
  broken: { sentence: 'The camera gave no picture, so nothing was sent.', actions: ['shareCamera', 'showLog'] },
};

function button(source: ShareSource, action: ProblemAction): ProblemButton {
  switch (action) {
    case 'openPage':
      return { action, label: 'Open Page' };
    case 'showLog':
      return { action, label: 'Show Log' };
    default:
      return AGAIN[source];
  }
}
