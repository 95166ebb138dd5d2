import type { MicrophoneState } from '../../src/protocol/session-view.ts';
import { words } from './words.ts';

/** Whether what the person says can reach the session. */
export function isHearing(microphone: MicrophoneState): boolean {
  return microphone.kind === 'on' && !microphone.hardwareMuted;
}

/** What the microphone is doing, in a word or three. */
export function microphoneStatus(microphone: MicrophoneState): string {
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
      return words.microphone.failed[microphone.reason];
  }
}
