import { listCameras } from './camera-share.ts';
import { mediaDevices } from './open-share.ts';

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
