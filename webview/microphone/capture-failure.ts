import type { MicrophoneFailure, MicrophoneFailureReason } from './microphone-state.ts';

/** Names of `getUserMedia` rejections (Media Capture and Streams, 10.1). */
const REASON_BY_NAME: Readonly<Record<string, MicrophoneFailureReason>> = {
  NotAllowedError: 'denied',
  SecurityError: 'denied',
  NotFoundError: 'missing',
  OverconstrainedError: 'missing',
  NotReadableError: 'busy',
  AbortError: 'busy',
  InvalidStateError: 'unsupported',
  TypeError: 'unsupported',
  NotSupportedError: 'unsupported',
};

/** Puts a rejection of `getUserMedia` into our terms. */
export function failureOf(error: unknown): MicrophoneFailure {
  // `OverconstrainedError` is no subclass of `Error` in older browsers, so only the fields are looked at.
  const { name = '', message = '' }: Partial<Error> = typeof error === 'object' && error !== null ? error : {};
  return {
    reason: REASON_BY_NAME[name] ?? 'unsupported',
    detail: message === '' ? name || String(error) : `${name}: ${message}`,
  };
}

/** True when the device that was asked for by id is what was wrong, so that the default one is worth a try. */
export function isDeviceGone(error: unknown): boolean {
  return failureOf(error).reason === 'missing';
}
