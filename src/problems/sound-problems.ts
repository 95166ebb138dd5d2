import type { MicrophoneFailure, MicrophoneState, Problem } from '../protocol/session-view.ts';
import { t } from './l10n.ts';
import { buttons, problem, type Words } from './problem.ts';

export const MICROPHONE_PROBLEMS: Readonly<Record<MicrophoneFailure, () => Required<Words>>> = {
  denied: () => ({
    sentence: t('Your browser does not let Talkthrough use the microphone. Allow it next to the address bar, or type.'),
    brief: t('Microphone not allowed'),
    buttons: buttons('retryMicrophone'),
  }),
  'blocked-by-policy': () => ({
    sentence: t('VS Code does not let extensions use the microphone here. You can type, and hear the answers.'),
    brief: t('Microphone not available here'),
    buttons: [],
  }),
  missing: () => ({
    sentence: t('No microphone was found. Connect one, or type instead.'),
    brief: t('No microphone'),
    buttons: buttons('retryMicrophone'),
  }),
  busy: () => ({
    sentence: t('The microphone could not be opened. Another program may be using it.'),
    brief: t('Microphone in use'),
    buttons: buttons('retryMicrophone'),
  }),
  vanished: () => ({
    sentence: t('The microphone was disconnected.'),
    brief: t('Microphone disconnected'),
    buttons: buttons('retryMicrophone'),
  }),
  unsupported: () => ({
    sentence: t('This browser cannot capture sound. You can type instead.'),
    brief: t('Microphone not available here'),
    buttons: buttons('showLog'),
  }),
  worklet: () => ({
    sentence: t('The sound of the microphone could not be read.'),
    brief: t('Microphone failed'),
    buttons: buttons('retryMicrophone', 'showLog'),
  }),
};

/** What to show about the microphone, if anything. */
export function microphoneProblem(state: MicrophoneState): Problem | undefined {
  if (state.kind === 'failed') {
    const code = state.reason === 'blocked-by-policy' ? 'blocked' : state.reason;
    return problem(`microphone-${code}`, MICROPHONE_PROBLEMS[state.reason]());
  }
  if (state.kind === 'on' && state.hardwareMuted) return hardwareMutedProblem();
  return undefined;
}

/** Why the microphone failed, in a few words. */
export function microphoneBrief(state: MicrophoneState): string | undefined {
  return state.kind === 'failed' ? MICROPHONE_PROBLEMS[state.reason]().brief : undefined;
}

export function hardwareMutedProblem(): Problem {
  return problem('microphone-hardware-muted', {
    sentence: t('The microphone is muted on the device or by the system, so Talkthrough cannot hear you.'),
    buttons: [],
  });
}

/** What the status bar says of a muted device while no problem explains it. */
export function nothingHeardSentence(): string {
  return t('Nothing is heard.');
}

export function speakerProblem(): Problem {
  return problem('speaker-failed', {
    sentence: t('Replies cannot be played here, but you can read them.'),
    buttons: buttons('showLog'),
  });
}
