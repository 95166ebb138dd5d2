import { element, setHidden, setText } from './element.ts';
import { shareWords } from './share-words.ts';
import { PushButton } from './toolkit.ts';

/** Says which of the files that were given at once were not taken, until that is read. */
export class LeftOut {
  readonly element = element('div', 'left-out');
  readonly #sentence = element('p', 'left-out-sentence');

  constructor() {
    const dismiss = new PushButton({
      look: 'icon',
      icon: 'close',
      label: shareWords.dismiss,
      onPress: () => this.show([], 0),
    });
    this.#sentence.role = 'alert';
    this.element.append(this.#sentence, dismiss.element);
    setHidden(this.element, true);
  }

  /**
   * @param names of the files; none: there is nothing to say (any more)
   * @param most how many are taken at once
   */
  show(names: readonly string[], most: number): void {
    setHidden(this.element, names.length === 0);
    setText(this.#sentence, names.length === 0 ? '' : shareWords.leftOut(names, most));
  }
}
