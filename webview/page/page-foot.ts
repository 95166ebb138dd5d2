import { SHARE_SOURCES, sharedSources, type ShareSource, type SharesView } from '../../src/protocol/picture.ts';
import type { ChosenDevices } from '../devices/chosen-devices.ts';
import type { DeviceChoice, DeviceKind } from '../devices/device-choice.ts';
import { emit } from '../dom-events.ts';
import { element, setAttribute, setHidden, setText } from '../view/element.ts';
import { icon, type IconName, setIcon } from '../view/icon.ts';
import { microphoneStatus, type MicrophoneView } from '../view/microphone-words.ts';
import { shareTitle } from '../view/share-words.ts';
import { pageWords } from './page-words.ts';

/** What is being captured in this page, by name. */
export class Captured {
  readonly element = element('div', 'captured');
  readonly #icon = icon('mic');
  readonly #word = element('span', 'captured-word');
  readonly #microphone = element('span', 'captured-source', this.#icon, this.#word);
  readonly #shares: Readonly<Record<ShareSource, HTMLElement>>;
  readonly #shareWords: Readonly<Record<ShareSource, HTMLElement>>;

  constructor() {
    this.element.role = 'group';
    this.element.ariaLabel = pageWords.thisPage;
    const word = (): HTMLElement => element('span', 'captured-word');
    this.#shareWords = { screen: word(), camera: word() };
    const share = (source: ShareSource): HTMLElement =>
      element('span', 'captured-source captured-share', icon('record'), this.#shareWords[source]);
    this.#shares = { screen: share('screen'), camera: share('camera') };
    this.element.append(this.#microphone, this.#shares.screen, this.#shares.camera);
    this.render({ microphone: { kind: 'off' } }, undefined);
  }

  /** @param shares undefined: nothing is shared from this page. */
  render(view: MicrophoneView, shares: SharesView | undefined): void {
    const { microphone } = view;
    const on = microphone.kind === 'on';
    const shared = shares === undefined ? [] : sharedSources(shares);
    setAttribute(this.element, 'data-microphone', microphone.kind);
    setIcon(this.#icon, on ? 'record' : 'mic-muted');
    if (on) setText(this.#word, pageWords.captured.microphone(microphone.label));
    else setText(this.#word, microphone.kind === 'off' ? pageWords.captured.nothing : microphoneStatus(view));
    // That nothing is captured would not be true.
    setHidden(this.#microphone, microphone.kind === 'off' && shared.length > 0);
    for (const source of SHARE_SOURCES) {
      setHidden(this.#shares[source], !shared.includes(source));
      if (shares !== undefined) setText(this.#shareWords[source], shareTitle(source, shares[source].state));
    }
  }
}

/** Which microphone is heard, where replies sound, which camera looks, as far as the browser lets a page choose. */
export class DeviceBar {
  readonly element = element('div', 'device-bar');
  readonly #devices: ChosenDevices;
  readonly #microphone = new DevicePicker('microphone', 'mic');
  readonly #loudspeaker = new DevicePicker('loudspeaker', 'unmute');
  readonly #camera = new DevicePicker('camera', 'device-camera-video');
  readonly #listening = new AbortController();

  constructor(devices: ChosenDevices) {
    this.#devices = devices;
    const pickers = [this.#microphone, ...(mayChooseLoudspeaker() ? [this.#loudspeaker] : []), this.#camera];
    this.element.append(...pickers.map((picker) => picker.element), ...pickers.map((picker) => picker.notice));
    devices.onChange(() => this.#render(), this.#listening.signal);
    this.#render();
  }

  dispose(): void {
    this.#listening.abort();
  }

  #render(): void {
    this.#microphone.render(this.#devices.microphone);
    this.#loudspeaker.render(this.#devices.loudspeaker);
    this.#camera.render(this.#devices.camera);
  }
}

/** Whether an audio context can be sent to another loudspeaker than the system's own. */
function mayChooseLoudspeaker(): boolean {
  return typeof AudioContext !== 'undefined' && 'setSinkId' in AudioContext.prototype;
}

/** Chooses one device of a kind, and says when the chosen one is not there. The browser's own list serves best. */
class DevicePicker {
  readonly element: HTMLElement;
  readonly notice = element('p', 'device-notice');
  readonly #device: DeviceKind;
  readonly #select = element('select', 'device-select');
  #shown = '';

  constructor(device: DeviceKind, glyph: IconName) {
    this.#device = device;
    const name = element('span', 'device-name', icon(glyph), pageWords.devices[device]);
    this.element = element('label', 'device', name, this.#select);
    this.notice.role = 'status';
    // An empty label is the system's own device.
    this.#select.addEventListener('change', () =>
      emit(this.element, 'choose-device', { device, label: this.#select.value }),
    );
    this.render({ label: '', deviceId: undefined, missing: false, devices: [] });
  }

  render({ label, missing, devices }: DeviceChoice): void {
    const { system, missing: notConnected, fallback } = pageWords.devices;
    setText(this.notice, missing ? fallback[this.#device](label) : '');
    setHidden(this.notice, !missing);
    // Two devices of one make have one label; the first of them is meant.
    const labels = [...new Set(devices.map((device) => device.label))];
    const options = [
      ['', system],
      ...labels.map((name) => [name, name]),
      ...(label !== '' && !labels.includes(label) ? [[label, missing ? notConnected(label) : label]] : []),
    ];
    const shown = JSON.stringify([options, label]);
    if (shown === this.#shown) return;
    this.#shown = shown;
    this.#select.replaceChildren(...options.map(([value = '', text = '']) => new Option(text, value)));
    this.#select.value = label;
    this.#select.disabled = options.length === 1;
  }
}
