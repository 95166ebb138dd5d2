import type { ShownSource } from '../../src/protocol/picture.ts';
import { type CardContent, cardIcon, cardState } from './card-content.ts';
import { element, setAttribute, setHidden, setText } from './element.ts';
import { icon, setIcon } from './icon.ts';
import type { LastPicture, Pointing } from './last-pictures.ts';
import { PictureFacts } from './picture-facts.ts';
import { PictureFrame } from './picture-frame.ts';
import { shareWords } from './share-words.ts';
import { PushButton } from './toolkit.ts';

interface PictureCardOptions extends ShareActionOptions {
  /** The person wants to see the picture full size. */
  readonly onOpen: () => void;
}

/** What the model sees of one source: the very picture it was sent, and how the share stands. */
export class PictureCard {
  readonly element = element('article', 'card');
  readonly #thumbnail = element('button', 'thumbnail');
  readonly #frame = new PictureFrame();
  readonly #icon = icon('file-media');
  readonly #title = element('span', 'card-title');
  readonly #state = element('p', 'card-state');
  readonly #facts = new PictureFacts();
  readonly #actions: ShareActions;

  constructor(source: ShownSource, { onOpen, ...actions }: PictureCardOptions) {
    setAttribute(this.element, 'data-source', source);
    this.#actions = new ShareActions(actions);
    this.#thumbnail.type = 'button';
    this.#thumbnail.append(this.#frame.element);
    this.#thumbnail.addEventListener('click', onOpen);
    this.element.append(
      this.#thumbnail,
      element(
        'div',
        'card-words',
        element('p', 'card-name', this.#icon, this.#title),
        this.#state,
        this.#facts.element,
      ),
      this.#actions.stop,
      this.#facts.element,
      this.#actions.element,
    );
  }

  render(content: CardContent): void {
    const { title, share, picture, pointing } = content;
    setAttribute(this.element, 'aria-label', title);
    setAttribute(this.element, 'data-state', share?.state.kind ?? 'still');
    setIcon(this.#icon, cardIcon(content));
    setText(this.#title, title);
    setAttribute(this.#title, 'title', title);
    const state = cardState(content);
    setText(this.#state, state);
    setHidden(this.#state, state === '');
    setHidden(this.#thumbnail, picture === undefined);
    if (picture === undefined) this.#frame.clear();
    else this.#showPicture(title, picture, pointing);
    this.#facts.show(picture, share?.sentFrames);
    this.#actions.render(share);
  }

  dispose(): void {
    this.#facts.dispose();
    this.element.remove();
  }

  #showPicture(title: string, picture: LastPicture, pointing: Pointing | undefined): void {
    this.#frame.show(picture, shareWords.picture(title), pointing);
    const name = shareWords.full(title);
    const pointed = pointing === undefined ? '' : `, ${shareWords.pointingAt(pointing.label)}`;
    setAttribute(this.#thumbnail, 'aria-label', name + pointed);
    setAttribute(this.#thumbnail, 'title', name);
  }
}

interface ShareActionOptions {
  readonly onStop: () => void;
  readonly onFocus: () => void;
  /** The click that the browser waits for. */
  readonly onChoose: () => void;
  /** Share it afresh. */
  readonly onAgain: () => void;
}

/** What can be done about a share; nothing about a still. */
class ShareActions {
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
