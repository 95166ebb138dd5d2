import type { ChooseDeviceMessage } from '../../src/protocol/messages.ts';
import type { ChosenDevices } from '../devices/chosen-devices.ts';
import type { DeviceKind } from '../devices/device-choice.ts';
import { element } from '../view/element.ts';
import type { IconName } from '../view/icon.ts';
import { DevicePicker } from './device-picker.ts';

interface DeviceBarOptions {
  readonly devices: ChosenDevices;
  readonly onChoose: (choice: Omit<ChooseDeviceMessage, 'type'>) => void;
}

/** Which microphone is heard, where replies sound, which camera looks, as far as the browser lets a page choose. */
export class DeviceBar {
  readonly element = element('div', 'device-bar');
  readonly #devices: ChosenDevices;
  readonly #microphone: DevicePicker;
  readonly #loudspeaker: DevicePicker;
  readonly #camera: DevicePicker;
  readonly #listening = new AbortController();

  constructor({ devices, onChoose }: DeviceBarOptions) {
    this.#devices = devices;
    const picker = (device: DeviceKind, icon: IconName): DevicePicker =>
      new DevicePicker({ device, icon, onChoose: (label) => onChoose({ device, label }) });
    this.#microphone = picker('microphone', 'mic');
    this.#loudspeaker = picker('loudspeaker', 'unmute');
    this.#camera = picker('camera', 'device-camera-video');
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
