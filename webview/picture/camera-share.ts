import type { ReportedShareState } from '../../src/protocol/picture.ts';
import { isAllowed } from '../abilities.ts';
import type { Channel } from '../channel/channel.ts';
import {
  type AskedShare,
  isMac,
  justClicked,
  mediaDevices,
  onlyTrack,
  type OpenedShare,
  type ShareDevice,
  storedPermission,
} from './open-share.ts';
import { cameraFailure, failed } from './share-failure.ts';

/** Cameras are commonly this sharp; more frames would not be looked at. */
const WISHES: MediaTrackConstraints = { width: { ideal: 1920 }, height: { ideal: 1080 }, frameRate: { ideal: 10 } };

/** The host takes no more, and a menu shows no more. */
const MAX_CAMERAS = 30;
const MAX_LABEL_LENGTH = 500;

/** The cameras of this computer. The host is told their names whenever they change. */
export class CameraShare implements ShareDevice {
  readonly source = 'camera';
  readonly #channel: Channel;
  readonly #listening = new AbortController();
  #told = '[]';

  constructor(channel: Channel) {
    this.#channel = channel;
    const { signal } = this.#listening;
    mediaDevices()?.addEventListener('devicechange', () => void this.#tellNames(), { signal });
    void this.#tellNames();
  }

  /**
   * Opens the camera with that label, else the system's own. Where the browser would put its question to the person, it
   * waits for a click in this page: a question out of nowhere is refused.
   */
  async ask(label: string): Promise<AskedShare> {
    const devices = mediaDevices();
    if (devices === undefined) return failed('unsupported', 'This page has no access to cameras');
    if (!isAllowed('camera')) return failed('blocked-by-policy', 'Permissions Policy: camera');
    const clicked = justClicked();
    if (!clicked && (await storedPermission('camera')) === 'prompt') return { kind: 'waiting' };
    return { kind: 'asked', opened: this.#open(devices, label) };
  }

  /** A camera ends when it is unplugged, or when the person takes the permission back. */
  async stateWhenEnded(label: string): Promise<ReportedShareState> {
    const permission = await storedPermission('camera');
    return failed(permission === 'denied' ? 'denied' : 'vanished', `${label || 'The camera'} ended`);
  }

  dispose(): void {
    this.#listening.abort();
  }

  async #open(devices: MediaDevices, label: string): Promise<OpenedShare> {
    const opened = await openCamera(devices, label);
    // The browser shows names now that a camera is allowed.
    if (opened.kind === 'open') void this.#tellNames();
    return opened;
  }

  async #tellNames(): Promise<void> {
    const devices = mediaDevices();
    if (devices === undefined) return;
    const cameras = await listCameras(devices);
    const names = cameras.map(({ label }) => label.slice(0, MAX_LABEL_LENGTH)).filter((name) => name !== '');
    const labels = names.slice(0, MAX_CAMERAS);
    if (this.#listening.signal.aborted || JSON.stringify(labels) === this.#told) return;
    this.#told = JSON.stringify(labels);
    this.#channel.post({ type: 'cameras', labels });
  }
}

async function openCamera(devices: MediaDevices, label: string): Promise<OpenedShare> {
  try {
    const track = await openDevice(devices, await idOf(devices, label));
    if (track === undefined) return failed('broken', 'The browser gave no picture');
    // Before the first permission a browser tells no names, so the chosen camera can only be found now.
    const chosenId = await idOf(devices, label);
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
