import { chooseByLabel, type DeviceChoice, type DeviceKind, SYSTEM_CHOICE } from './device-choice.ts';

/** Microphone, loudspeaker and camera as the person chose them by label, kept up to date with what is connected. */
export class ChosenDevices {
  readonly #changes = new EventTarget();
  readonly #listening = new AbortController();
  #labels = { microphone: '', loudspeaker: '', camera: '' };
  #microphone = SYSTEM_CHOICE;
  #loudspeaker = SYSTEM_CHOICE;
  #camera = SYSTEM_CHOICE;
  /** The loudspeaker that the browser would not use, by id. */
  #refusedLoudspeaker: string | undefined;
  #reading: Promise<void> | undefined;

  constructor() {
    const { signal } = this.#listening;
    const devices = navigator.mediaDevices as MediaDevices | undefined; // missing in an insecure context
    devices?.addEventListener('devicechange', () => void this.refresh(), { signal });
  }

  get microphone(): DeviceChoice {
    return this.#microphone;
  }

  get loudspeaker(): DeviceChoice {
    return this.#loudspeaker;
  }

  get camera(): DeviceChoice {
    return this.#camera;
  }

  /** Calls `listener` when any choice, or what there is to choose from, has changed, until the signal is aborted. */
  onChange(listener: () => void, signal: AbortSignal): void {
    this.#changes.addEventListener('change', listener, { signal });
  }

  /** @param labels empty for the system's own */
  choose({ microphone, loudspeaker, camera }: Readonly<Record<DeviceKind, string>>): void {
    this.#labels = { microphone, loudspeaker, camera };
    this.#refusedLoudspeaker = undefined;
    void this.refresh();
  }

  /** The browser would not play on this loudspeaker; another is used until the choice changes. */
  refuseLoudspeaker(deviceId: string): void {
    this.#refusedLoudspeaker = deviceId;
    void this.refresh();
  }

  /** Looks at the list anew: a microphone or a camera was allowed, and with it the browser shows labels. */
  refresh(): Promise<void> {
    const reading = this.#read();
    this.#reading = reading;
    return reading;
  }

  /** Settles when the newest choice has been compared with what is connected. */
  async settled(): Promise<void> {
    let seen: Promise<void> | undefined;
    this.#reading ??= this.#read();
    while (seen !== this.#reading) {
      seen = this.#reading;
      await seen;
    }
  }

  dispose(): void {
    this.#listening.abort();
  }

  async #read(): Promise<void> {
    const listed = await listDevices();
    const microphone = ofKind(listed, 'audioinput', this.#labels.microphone);
    const found = ofKind(listed, 'audiooutput', this.#labels.loudspeaker);
    const refused = found.deviceId !== undefined && found.deviceId === this.#refusedLoudspeaker;
    const loudspeaker = refused ? { ...found, deviceId: undefined, missing: true } : found;
    const camera = ofKind(listed, 'videoinput', this.#labels.camera);
    const before = JSON.stringify([this.#microphone, this.#loudspeaker, this.#camera]);
    if (JSON.stringify([microphone, loudspeaker, camera]) === before) return;
    this.#microphone = microphone;
    this.#loudspeaker = loudspeaker;
    this.#camera = camera;
    this.#changes.dispatchEvent(new Event('change'));
  }
}

async function listDevices(): Promise<readonly MediaDeviceInfo[]> {
  try {
    return await navigator.mediaDevices.enumerateDevices();
  } catch {
    return []; // An insecure context, or a policy against it.
  }
}

function ofKind(listed: readonly MediaDeviceInfo[], kind: MediaDeviceKind, label: string): DeviceChoice {
  return chooseByLabel(
    label,
    listed.filter((device) => device.kind === kind),
  );
}
