import type { SpeakerView } from '../../src/protocol/session-view.ts';
import { element, setHidden } from './element.ts';
import { PushButton } from './toolkit.ts';
import { words } from './words.ts';

/**
 * Stands out while the browser keeps the page silent, or the microphone shut, until a click. The click itself is what helps, wherever it lands in
 * the page that plays; where another page plays, the person is sent there.
 */
export class Hear {
  readonly element = element('div', 'hear');
  readonly #button = new PushButton({
    look: 'primary',
    icon: 'unmute',
    label: words.speaker.clickToHear,
    onPress: () => undefined,
  });
  readonly #elsewhere = element('p', 'hear-elsewhere', words.speaker.clickInPage);

  constructor() {
    this.element.role = 'alert';
    setHidden(this.element, true);
    this.element.append(this.#button.element, this.#elsewhere);
  }

  /**
   * @param playsHere Whether this page is the one that captures and plays.
   * @param microphoneWaits Whether the microphone too waits for a click in this page.
   */
  render({ locked, muted }: SpeakerView, playsHere: boolean, microphoneWaits: boolean): void {
    const silent = locked && !muted;
    setHidden(this.element, !silent && !microphoneWaits);
    this.#button.setLabel(silent ? words.speaker.clickToHear : words.microphone.clickToBeHeard);
    setHidden(this.#button.element, !playsHere);
    setHidden(this.#elsewhere, playsHere);
  }
}
