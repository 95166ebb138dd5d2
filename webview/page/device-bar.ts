import type { ChooseDeviceMessage } from '../../src/protocol/messages.ts';
import type { ChosenDevices } from '../devices/chosen-devices.ts';
import { element } from '../view/element.ts';
import { DevicePicker } from './device-picker.ts';

interface DeviceBarOptions {
  readonly devices: ChosenDevices;
  readonly onChoose: (choice: Omit<ChooseDeviceMessage, 'type'>) => void;
}

/** Which microphone is heard, and where replies sound, as far as the browser lets a page choose. */
export class DeviceBar {
  readonly element = element('div', 'device-bar');
  readonly #devices: ChosenDevices;
  readonly #microphone: DevicePicker;
  readonly #loudspeaker: DevicePicker;
  readonly #listening = new AbortController();

  constructor({ devices, onChoose }: DeviceBarOptions) {
    this.#devices = devices;
    this.#microphone = new DevicePicker({
      device: 'microphone',
      icon: 'mic',
      onChoose: (label) => onChoose({ device: 'microphone', label }),
    });
    this.#loudspeaker = new DevicePicker({
      device: 'loudspeaker',
      icon: 'unmute',
      onChoose: (label) => onChoose({ device: 'loudspeaker', label }),
    });
    const pickers = mayChooseLoudspeaker() ? [this.#microphone, this.#loudspeaker] : [this.#microphone];
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
  }
}

/** Whether an audio context can be sent to another loudspeaker than the system's own. */
function mayChooseLoudspeaker(): boolean {
  return typeof AudioContext !== 'undefined' && 'setSinkId' in AudioContext.prototype;
}
