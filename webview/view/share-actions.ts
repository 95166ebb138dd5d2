import type { CardContent } from './card-content.ts';
import { element, setHidden } from './element.ts';
import { shareWords } from './share-words.ts';
import { PushButton } from './toolkit.ts';

export interface ShareActionOptions {
  readonly onStop: () => void;
  readonly onFocus: () => void;
  /** The click that the browser waits for. */
  readonly onChoose: () => void;
  /** Share it afresh. */
  readonly onAgain: () => void;
}

/** What can be done about a share; nothing about a still. */
export class ShareActions {
  readonly element = element('div', 'card-actions');
  /** Ends the share, whatever has become of it. It stands by itself, in the same place for each. */
  readonly stop = element('div', 'card-stop');
  readonly #options: ShareActionOptions;
  readonly #choose: PushButton;
  readonly #focus: PushButton;
  readonly #stop: PushButton;
  #failed = false;
  #isFocus = false;

  constructor(options: ShareActionOptions) {
    this.#options = options;
    this.#choose = new PushButton({ look: 'primary', label: '', onPress: () => this.#chosen() });
    this.#focus = new PushButton({
      look: 'secondary',
      icon: 'circle-large',
      label: shareWords.focus,
      onPress: () => {
        if (!this.#isFocus) options.onFocus();
      },
    });
    this.#focus.element.title = shareWords.focusHint;
    this.#stop = new PushButton({ look: 'icon', icon: 'debug-stop', label: '', onPress: options.onStop });
    this.element.append(this.#choose.element, this.#focus.element);
    this.stop.append(this.#stop.element);
    this.render(undefined);
  }

  render(share: CardContent['share']): void {
    setHidden(this.stop, share === undefined);
    if (share === undefined) return setHidden(this.element, true);
    const { source, state, isFocus, capturesHere } = share;
    this.#failed = state.kind === 'failed';
    this.#isFocus = isFocus === true;
    const mayChoose = this.#failed || (state.kind === 'waiting' && capturesHere);
    setHidden(this.element, !mayChoose && isFocus === undefined);
    setHidden(this.#choose.element, !mayChoose);
    this.#choose.setLabel(this.#failed ? shareWords.again : shareWords.choose[source]);
    setHidden(this.#focus.element, isFocus === undefined);
    this.#focus.setPressed(this.#isFocus);
    this.#focus.setIcon(this.#isFocus ? 'pass' : 'circle-large');
    this.#stop.setIcon(this.#failed ? 'close' : 'debug-stop');
    this.#stop.setLabel(this.#failed ? shareWords.dismiss : shareWords.stop[source]);
  }

  #chosen(): void {
    if (this.#failed) this.#options.onAgain();
    else this.#options.onChoose();
  }
}
