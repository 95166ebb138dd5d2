/** Microphones as the browser lists them. Labels and ids are blank until a microphone has been allowed. */
export async function listMicrophones(): Promise<readonly MediaDeviceInfo[]> {
  const devices = await navigator.mediaDevices.enumerateDevices();
  return devices.filter((device) => device.kind === 'audioinput');
}

/** True when the list shows ids, which browsers only give to a page that may capture. */
export function mayCapture(microphones: readonly MediaDeviceInfo[]): boolean {
  return microphones.some((microphone) => microphone.deviceId !== '');
}

/**
 * A key that changes when another microphone becomes the default. Chromium lists the default as an entry of its own, with
 * the group of the real device behind it; elsewhere the first entry is the default.
 */
export function defaultMicrophoneKey(microphones: readonly MediaDeviceInfo[]): string {
  const chosen = microphones.find((microphone) => microphone.deviceId === 'default') ?? microphones[0];
  return chosen === undefined ? '' : JSON.stringify([chosen.deviceId, chosen.groupId, chosen.label]);
}

/** What is open now, against what was asked for. */
export interface OpenMicrophone {
  /** Undefined: the default was asked for. */
  readonly askedDeviceId: string | undefined;
  /** The asked device was not there, so the default was opened. */
  readonly fallback: boolean;
  /** `defaultMicrophoneKey` when it was opened. */
  readonly defaultKey: string;
}

/** Says whether, with these devices, opening anew would give another and more fitting microphone. */
export function shouldReopen(open: OpenMicrophone, microphones: readonly MediaDeviceInfo[]): boolean {
  if (microphones.length === 0) return false;
  const askedIsThere = microphones.some((microphone) => microphone.deviceId === open.askedDeviceId);
  if (askedIsThere) return open.fallback;
  const wentAway = open.askedDeviceId !== undefined && !open.fallback;
  return wentAway || defaultMicrophoneKey(microphones) !== open.defaultKey;
}
