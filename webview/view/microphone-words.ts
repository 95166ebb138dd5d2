import type { MicrophoneState, SessionView } from '../../src/protocol/session-view.ts';
import { words } from './words.ts';

/** What the session shows of the microphone. */
export type MicrophoneView = Pick<SessionView, 'microphone' | 'microphoneFailure'>;

/** Whether what the person says can reach the session. */
export function isHearing(microphone: MicrophoneState): boolean {
  return microphone.kind === 'on' && !microphone.hardwareMuted;
}

/** What the microphone is doing, in a word or three. */
export function microphoneStatus({ microphone, microphoneFailure = '' }: MicrophoneView): string {
  switch (microphone.kind) {
    case 'off':
      return words.microphone.off;
    case 'waiting':
      return words.microphone.waiting;
    case 'starting':
      return words.microphone.starting;
    case 'on':
      return microphone.hardwareMuted ? words.microphone.hardwareMuted : '';
    case 'muted':
      return words.microphone.muted;
    case 'failed':
      return microphoneFailure;
  }
}
