import type { MicrophoneFailure, MicrophoneFailureReason } from './microphone-state.ts';

/** The part of Permissions Policy's script interface used here; Chromium has it under its old name, others not at all. */
interface PolicyView {
  allowsFeature(feature: string): boolean;
}

/**
 * Says whether this document may capture at all. Asked before `getUserMedia`, whose refusal looks the same for
 * "the person said no" and "VS Code never lets a webview".
 */
export function policyBlocksMicrophone(): boolean {
  // The DOM types know neither name: `permissionsPolicy` is the standard's, `featurePolicy` what Chromium ships.
  const page: Document & { permissionsPolicy?: PolicyView; featurePolicy?: PolicyView } = document;
  const policy = page.permissionsPolicy ?? page.featurePolicy;
  return policy !== undefined && !policy.allowsFeature('microphone');
}

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
