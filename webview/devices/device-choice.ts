/** What a page has one of at a time, by the person's choice. */
export type DeviceKind = 'microphone' | 'loudspeaker' | 'camera';

/** A device that can be chosen. */
export interface Device {
  /** As `enumerateDevices` names it; it changes with the browser's profile and the page's address. */
  readonly deviceId: string;
  readonly label: string;
}

/** What the person chose, against what is connected. */
export interface DeviceChoice {
  /** Empty: the system's own. */
  readonly label: string;
  /** Of the device with that label; undefined: the system's own is used. */
  readonly deviceId: string | undefined;
  /** The chosen device is not connected or cannot be used. */
  readonly missing: boolean;
  /** All that can be chosen. Empty while the browser keeps the labels to itself. */
  readonly devices: readonly Device[];
}

export const SYSTEM_CHOICE: DeviceChoice = { label: '', deviceId: undefined, missing: false, devices: [] };

/** Entries that stand for whatever device the system prefers; choosing none of the devices means the same. */
const STAND_INS: ReadonlySet<string> = new Set(['default', 'communications']);

/**
 * Finds the chosen device among those that the browser lists.
 *
 * @param label as the host remembers it, empty for the system's own
 * @param listed all of one kind
 */
export function chooseByLabel(label: string, listed: readonly Device[]): DeviceChoice {
  const devices = listed
    .filter((device) => device.label !== '' && !STAND_INS.has(device.deviceId))
    .map(({ deviceId, label: name }) => ({ deviceId, label: name }));
  const chosen = label === '' ? undefined : devices.find((device) => device.label === label);
  return {
    label,
    deviceId: chosen?.deviceId,
    // Without labels nothing is known about what is connected.
    missing: label !== '' && chosen === undefined && devices.length > 0,
    devices,
  };
}
