import { element, setHidden } from '../view/element.ts';
import { noticeScreen } from './notice-screen.ts';
import { pageWords } from './page-words.ts';

/**
 * The first thing a person sees in the page where the browser wants a click before it captures or plays. The one click
 * opens both; whoever would rather type is not asked again.
 */
export class FirstClick {
  readonly element = element('div', 'first-click');
  readonly #screen: HTMLElement;
  #declined = false;

  /** @param onUse The person lets the page use the microphone. */
  constructor(onUse: () => void) {
    const { title, sentence, use, typeOnly } = pageWords.firstClick;
    this.#screen = noticeScreen({
      name: 'first-click',
      icon: 'mic',
      title,
      sentence,
      buttons: [
        { label: use, icon: 'mic', onPress: onUse },
        { label: typeOnly, onPress: () => this.#decline() },
      ],
    });
    this.element.append(this.#screen);
    setHidden(this.element, true);
  }

  /** Whether it covers the session now. */
  get shown(): boolean {
    return !this.element.hidden;
  }

  show(waits: boolean): void {
    setHidden(this.element, !waits || this.#declined);
  }

  #decline(): void {
    this.#declined = true;
    setHidden(this.element, true);
  }
}
