import { emit } from '../dom-events.ts';
import { element, setHidden } from '../view/element.ts';
import { noticeScreen } from './notice-screen.ts';
import { pageWords } from './page-words.ts';

/**
 * The first thing a person sees in the page where the browser wants a click before it captures or plays. The one click
 * opens both; whoever would rather type is not asked again.
 */
export class FirstClick {
  readonly element = element('div', 'first-click');
  #waits = false;
  #declined = false;

  constructor() {
    const { title, sentence, use, typeOnly } = pageWords.firstClick;
    const screen = noticeScreen({
      name: 'first-click',
      icon: 'mic',
      title,
      sentence,
      buttons: [
        { label: use, icon: 'mic', event: 'use-microphone' },
        { label: typeOnly, event: 'type-only' },
      ],
    });
    this.element.append(screen);
    this.element.addEventListener('type-only', () => this.#decline());
    setHidden(this.element, true);
  }

  show(waits: boolean): void {
    this.#waits = waits;
    this.#render();
  }

  #decline(): void {
    this.#declined = true;
    this.#render();
  }

  #render(): void {
    const shown = this.#waits && !this.#declined;
    setHidden(this.element, !shown);
    emit(this.element, 'covered', shown);
  }
}
