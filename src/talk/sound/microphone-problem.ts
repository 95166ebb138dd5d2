import type { MicrophoneFailure, MicrophoneState, Problem } from '../../protocol/session-view.ts';

const RETRY = { action: 'retryMicrophone', label: 'Try Again' } as const;
const LOG = { action: 'showLog', label: 'Show Log' } as const;

const PROBLEMS: Record<MicrophoneFailure, Problem> = {
  denied: {
    code: 'microphone-denied',
    sentence: 'The browser was not allowed to use the microphone. Allow it beside the address bar, or type instead.',
    buttons: [RETRY],
  },
  'blocked-by-policy': {
    code: 'microphone-blocked',
    sentence: 'VS Code does not give extensions the microphone here. You can type, and hear the answers.',
    buttons: [],
  },
  missing: {
    code: 'microphone-missing',
    sentence: 'No microphone was found. Connect one, or type instead.',
    buttons: [RETRY],
  },
  busy: {
    code: 'microphone-busy',
    sentence: 'The microphone could not be opened; another program may be using it.',
    buttons: [RETRY],
  },
  vanished: {
    code: 'microphone-vanished',
    sentence: 'The microphone was disconnected.',
    buttons: [RETRY],
  },
  unsupported: {
    code: 'microphone-unsupported',
    sentence: 'This browser cannot capture sound. You can type instead.',
    buttons: [LOG],
  },
  worklet: {
    code: 'microphone-worklet',
    sentence: 'The microphone could not be read.',
    buttons: [RETRY, LOG],
  },
};

const HARDWARE_MUTED: Problem = {
  code: 'microphone-hardware-muted',
  sentence: 'The microphone is muted by its own switch or by the system, so nothing is heard.',
  buttons: [],
};

/** What to tell the person about the microphone, if anything. */
export function microphoneProblem(state: MicrophoneState): Problem | undefined {
  if (state.kind === 'failed') return PROBLEMS[state.reason];
  if (state.kind === 'on' && state.hardwareMuted) return HARDWARE_MUTED;
  return undefined;
}
