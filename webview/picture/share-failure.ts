import type { ShareFailure } from '../../src/protocol/picture.ts';

export interface Failed {
  readonly kind: 'failed';
  readonly reason: ShareFailure;
  /** As the browser put it; for a log. */
  readonly detail: string;
}

/** What is known besides the browser's rejection, which alone does not tell who said no. */
export interface Circumstances {
  /** The browser's stored answer for the camera or the screen, where it tells. */
  readonly permission: PermissionState | undefined;
  /** Cameras that the browser lists. */
  readonly cameras: number;
  readonly onMac: boolean;
}

/** How browsers state a permission. */
type PermissionState = 'granted' | 'denied' | 'prompt';

/** Longest detail that a host takes. */
const MAX_DETAIL_LENGTH = 500;

/**
 * What a rejection of `getDisplayMedia` means. Chromium says "Permission denied" both for a closed picker and for one that
 * was refused by hand, Firefox "The request is not allowed by the user agent or the platform in the current context." for
 * either: nobody can store a refusal of a screen there, so both are taken for a closed picker unless a permission says no.
 */
export function screenFailure(error: unknown, { permission, onMac }: Circumstances): Failed {
  const { name, message, detail } = told(error);
  switch (name) {
    case 'NotAllowedError':
      return { kind: 'failed', reason: refusalOf(message, permission) ?? 'cancelled', detail };
    case 'SecurityError':
      return { kind: 'failed', reason: 'blocked-by-policy', detail };
    case 'NotFoundError':
      // Firefox, where macOS keeps every screen and window from it, or where there really is none.
      return { kind: 'failed', reason: onMac ? 'denied-by-system' : 'missing', detail };
    case 'NotReadableError':
      return { kind: 'failed', reason: onMac ? 'denied-by-system' : 'broken', detail };
    case 'AbortError':
    case 'OverconstrainedError':
      return { kind: 'failed', reason: 'broken', detail };
    default:
      return { kind: 'failed', reason: 'unsupported', detail };
  }
}

/** What a rejection of `getUserMedia` for a camera means. */
export function cameraFailure(error: unknown, { permission, cameras }: Circumstances): Failed {
  const { name, message, detail } = told(error);
  switch (name) {
    case 'NotAllowedError':
      return { kind: 'failed', reason: refusalOf(message, permission) ?? 'denied', detail };
    case 'SecurityError':
      return { kind: 'failed', reason: 'blocked-by-policy', detail };
    case 'NotFoundError':
      // Firefox says so as well where macOS keeps the cameras from it, and still lists them.
      return { kind: 'failed', reason: cameras > 0 ? 'denied-by-system' : 'missing', detail };
    case 'OverconstrainedError':
      return { kind: 'failed', reason: 'missing', detail };
    case 'NotReadableError':
    case 'AbortError':
      // Chromium "Could not start video source" or "Device in use", Firefox "Starting videoinput failed".
      return { kind: 'failed', reason: 'busy', detail };
    default:
      return { kind: 'failed', reason: 'unsupported', detail };
  }
}

/** The picker is only shown in answer to a click: `InvalidStateError`, and in Safari `InvalidAccessError`. */
export function wantsClick(error: unknown): boolean {
  const { name } = told(error);
  return name === 'InvalidStateError' || name === 'InvalidAccessError';
}

export function failed(reason: ShareFailure, detail: string): Failed {
  return { kind: 'failed', reason, detail: detail.slice(0, MAX_DETAIL_LENGTH) };
}

function refusalOf(message: string, permission: PermissionState | undefined): ShareFailure | undefined {
  if (/by system/i.test(message)) return 'denied-by-system';
  if (/policy/i.test(message)) return 'blocked-by-policy';
  if (permission === 'denied') return 'denied';
  return /dismissed/i.test(message) ? 'cancelled' : undefined;
}

function told(error: unknown): { name: string; message: string; detail: string } {
  // `OverconstrainedError` is no subclass of `Error` in older browsers, so only the fields are looked at.
  const { name = '', message = '' }: Partial<Error> = typeof error === 'object' && error !== null ? error : {};
  const detail = message === '' ? name || String(error) : `${name}: ${message}`;
  return { name, message, detail: detail.slice(0, MAX_DETAIL_LENGTH) };
}
