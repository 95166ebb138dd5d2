import type { DeviceChoice, DeviceKind } from '../devices/device-choice.ts';
import { element, setHidden, setText } from '../view/element.ts';
import { icon, type IconName } from '../view/icon.ts';
import { pageWords } from './page-words.ts';

interface DevicePickerOptions {
  readonly device: DeviceKind;
  readonly icon: IconName;
  /** @param label empty for the system's own */
  readonly onChoose: (label: string) => void;
}

/** Chooses one device of a kind, and says when the chosen one is not there. The browser's own list serves best. */
export class DevicePicker {
  readonly element: HTMLElement;
  readonly notice = element('p', 'device-notice');
  readonly #device: DeviceKind;
  readonly #select = element('select', 'device-select');
  #shown = '';

  constructor({ device, icon: glyph, onChoose }: DevicePickerOptions) {
    this.#device = device;
    const name = element('span', 'device-name', icon(glyph), pageWords.devices[device]);
    this.element = element('label', 'device', name, this.#select);
    this.notice.role = 'status';
    this.#select.addEventListener('change', () => onChoose(this.#select.value));
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
