import type { Problem, SessionView } from '../../src/protocol/session-view.ts';
import { emit } from '../dom-events.ts';
import { element, setAttribute, setHidden, setText } from './element.ts';
import { icon, setIcon } from './icon.ts';
import { PushButton } from './toolkit.ts';
import { words } from './words.ts';

/** One problem. The card lives as long as its code is listed, so that it is announced once. */
class ProblemCard {
  readonly element = element('div', 'problem');
  readonly #icon = icon('error');
  readonly #sentence = element('p', 'problem-sentence');
  readonly #buttons = element('div', 'problem-buttons');
  #shown = '';

  constructor() {
    this.element.role = 'alert';
    this.element.append(this.#icon, this.#sentence, this.#buttons);
  }

  render({ sentence, buttons, code, kind }: Problem): void {
    setAttribute(this.element, 'data-code', code);
    this.element.classList.toggle('question', kind === 'question');
    setIcon(this.#icon, kind === 'question' ? 'info' : 'error');
    setText(this.#sentence, sentence);
    const wanted = JSON.stringify(buttons);
    if (wanted === this.#shown) return;
    this.#shown = wanted;
    this.#buttons.replaceChildren(
      ...buttons.map(({ action, label }, index) => {
        const look = index === 0 ? 'primary' : 'secondary';
        const button = new PushButton({ look, label });
        button.onPress(() => emit(this.element, 'intent', { kind: 'problemAction', action }));
        return button.element;
      }),
    );
  }
}

/** The problems as cards, in the host's order. */
export class Problems {
  readonly element = element('div', 'problems');
  #cards = new Map<string, ProblemCard>();

  constructor() {
    setHidden(this.element, true);
  }

  render(problems: readonly Problem[]): void {
    const before = this.#cards;
    this.#cards = new Map();
    for (const problem of problems) {
      const card = before.get(problem.code) ?? new ProblemCard();
      this.#cards.set(problem.code, card);
      card.render(problem);
    }
    for (const [code, card] of before) if (!this.#cards.has(code)) card.element.remove();
    setHidden(this.element, problems.length === 0);
    let place = this.element.firstElementChild;
    for (const { element: card } of this.#cards.values()) {
      // Moving a card that is in place already would take the focus from its buttons and announce it again.
      if (card === place) place = place.nextElementSibling;
      else this.element.insertBefore(card, place);
    }
  }
}

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
