import { isAllowed } from '../abilities.ts';
import {
  isMac,
  justClicked,
  mediaDevices,
  onlyTrack,
  type OpenedShare,
  type ShareRequest,
  storedPermission,
} from './open-share.ts';
import { cameraFailure, failed } from './share-failure.ts';

/** As sharp as cameras commonly are, and no more frames than changes are looked for. */
const WISHES: MediaTrackConstraints = { width: { ideal: 1920 }, height: { ideal: 1080 }, frameRate: { ideal: 10 } };

/**
 * Opens the camera with that label, else the system's own. Where the browser would put its question to the person, it waits
 * for a click in this page: a question out of nowhere is refused.
 */
export async function openCamera({ device, onAsked }: ShareRequest): Promise<OpenedShare> {
  const devices = mediaDevices();
  if (devices === undefined) return failed('unsupported', 'This page has no access to cameras');
  if (!isAllowed('camera')) return failed('blocked-by-policy', 'Permissions Policy: camera');
  const clicked = justClicked();
  if (!clicked && (await storedPermission('camera')) === 'prompt') return { kind: 'waiting' };
  onAsked();
  try {
    const track = await openDevice(devices, await idOf(devices, device));
    if (track === undefined) return failed('broken', 'The browser gave no picture');
    // Before the first permission a browser tells no names, so the chosen camera can only be found now.
    const chosenId = await idOf(devices, device);
    if (chosenId === undefined || track.getSettings().deviceId === chosenId) return { kind: 'open', track };
    track.stop();
    const chosen = await openDevice(devices, chosenId);
    return chosen === undefined ? failed('broken', 'The browser gave no picture') : { kind: 'open', track: chosen };
  } catch (error) {
    const permission = await storedPermission('camera');
    const cameras = (await listCameras(devices)).length;
    return cameraFailure(error, { permission, cameras, onMac: isMac() });
  }
}

/** Cameras as the browser lists them; without names until one was allowed. */
async function listCameras(devices: MediaDevices): Promise<readonly MediaDeviceInfo[]> {
  const listed = await devices.enumerateDevices().catch(() => []);
  return listed.filter(({ kind }) => kind === 'videoinput');
}

async function openDevice(devices: MediaDevices, deviceId: string | undefined): Promise<MediaStreamTrack | undefined> {
  const video = deviceId === undefined ? WISHES : { ...WISHES, deviceId: { exact: deviceId } };
  return onlyTrack(await devices.getUserMedia({ video, audio: false }));
}

/** Undefined: the system's own, also where no camera of that name is connected. */
async function idOf(devices: MediaDevices, label: string): Promise<string | undefined> {
  if (label === '') return undefined;
  return (await listCameras(devices)).find((camera) => camera.label === label)?.deviceId;
}

/** As many as a menu shows and a host takes. */
const MAX_CAMERAS = 30;
const MAX_LABEL_LENGTH = 500;

/** The names of the cameras, told whenever they change. */
export class CameraList {
  readonly #onLabels: (labels: readonly string[]) => void;
  readonly #listening = new AbortController();
  #told = '[]';

  constructor(onLabels: (labels: readonly string[]) => void) {
    this.#onLabels = onLabels;
    const { signal } = this.#listening;
    mediaDevices()?.addEventListener('devicechange', () => void this.refresh(), { signal });
    void this.refresh();
  }

  /** Looks anew: a camera was allowed, and with it the browser shows names. */
  async refresh(): Promise<void> {
    const devices = mediaDevices();
    if (devices === undefined) return;
    const cameras = await listCameras(devices);
    const labels = cameras.map(({ label }) => label.slice(0, MAX_LABEL_LENGTH)).filter((label) => label !== '');
    const few = labels.slice(0, MAX_CAMERAS);
    if (this.#listening.signal.aborted || JSON.stringify(few) === this.#told) return;
    this.#told = JSON.stringify(few);
    this.#onLabels(few);
  }

  dispose(): void {
    this.#listening.abort();
  }
}
