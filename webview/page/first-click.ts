import { element, setHidden } from '../view/element.ts';
import { noticeScreen } from './notice-screen.ts';
import { pageWords } from './page-words.ts';

/**
 * The first thing a person sees in the page where the browser wants a click before it captures or plays. The one click
 * opens both; whoever would rather type is not asked again.
 */
export class FirstClick {
  readonly element = element('div', 'first-click');
  readonly #onShown: (shown: boolean) => void;
  #waits = false;
  #declined = false;

  /**
   * @param onUse The person lets the page use the microphone.
   * @param onShown It covers the session now, or no more.
   */
  constructor(onUse: () => void, onShown: (shown: boolean) => void) {
    this.#onShown = onShown;
    const { title, sentence, use, typeOnly } = pageWords.firstClick;
    const screen = noticeScreen({
      name: 'first-click',
      icon: 'mic',
      title,
      sentence,
      buttons: [
        { label: use, icon: 'mic', onPress: onUse },
        { label: typeOnly, onPress: () => this.#decline() },
      ],
    });
    this.element.append(screen);
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
    this.#onShown(shown);
  }
}
