import type { SessionView } from '../../src/protocol/session-view.ts';
import { emit } from '../dom-events.ts';
import { element, setHidden, setText } from './element.ts';
import { PushButton } from './toolkit.ts';
import { words } from './words.ts';

/**
 * Asks for a click while the browser keeps the page silent or the microphone shut. Any click in the page that plays lets the
 * sound out; where another page plays, the person is sent there.
 */
export class Hear {
  readonly element = element('div', 'hear');
  readonly #button = new PushButton({ look: 'primary', icon: 'unmute', label: words.speaker.clickToHear });
  readonly #elsewhere = element('p', 'hear-elsewhere', words.speaker.clickInPage);
  #microphoneWaits = false;

  constructor() {
    this.#button.onPress(() => {
      if (this.#microphoneWaits) emit(this.element, 'use-microphone');
    });
    this.element.role = 'alert';
    setHidden(this.element, true);
    this.element.append(this.#button.element, this.#elsewhere);
  }

  /**
   * @param playsHere whether this page captures and plays
   * @param microphoneWaits whether the microphone waits for a click in this page too
   */
  render({ speaker, microphone }: SessionView, playsHere: boolean, microphoneWaits: boolean): void {
    this.#microphoneWaits = microphoneWaits;
    const silent = speaker.locked && !speaker.muted;
    const waitsElsewhere = !playsHere && microphone.kind === 'waiting';
    setHidden(this.element, !silent && !microphoneWaits && !waitsElsewhere);
    this.#button.setLabel(microphoneWaits ? words.microphone.clickToBeHeard : words.speaker.clickToHear);
    this.#button.setIcon(microphoneWaits ? 'mic' : 'unmute');
    setText(this.#elsewhere, waitsElsewhere ? words.microphone.clickInPage : words.speaker.clickInPage);
    setHidden(this.#button.element, !playsHere);
    setHidden(this.#elsewhere, playsHere);
  }
}
