import type { ShownSource } from '../../src/protocol/picture.ts';
import { emit } from '../dom-events.ts';
import { type CardContent, cardIcon, cardState } from './card-content.ts';
import { element, setAttribute, setHidden, setText } from './element.ts';
import { icon, setIcon } from './icon.ts';
import type { LastPicture, Pointing } from './last-pictures.ts';
import { PictureFacts } from './picture-facts.ts';
import { PictureFrame } from './picture-frame.ts';
import { shareWords } from './share-words.ts';
import { PushButton } from './toolkit.ts';

/** Shows what the model sees of one source: the very picture that was sent, and how the share stands. */
export class PictureCard {
  readonly element = element('article', 'card');
  readonly #thumbnail = element('button', 'thumbnail');
  readonly #frame = new PictureFrame();
  readonly #icon = icon('file-media');
  readonly #title = element('span', 'card-title');
  readonly #state = element('p', 'card-state');
  readonly #facts = new PictureFacts();
  readonly #actions = new ShareActions();

  constructor(source: ShownSource) {
    setAttribute(this.element, 'data-source', source);
    this.#thumbnail.type = 'button';
    this.#thumbnail.append(this.#frame.element);
    this.#thumbnail.addEventListener('click', () => emit(this.element, 'open-picture', source));
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

/** The buttons of a share; a still has none. */
class ShareActions {
  readonly element = element('div', 'card-actions');
  /** This ends the share, whatever has become of it, and stands in the same place on every card. */
  readonly stop = element('div', 'card-stop');
  readonly #choose = new PushButton({ look: 'primary', label: '' });
  readonly #focus = new PushButton({ look: 'secondary', icon: 'circle-large', label: shareWords.focus });
  readonly #stop = new PushButton({ look: 'icon', icon: 'debug-stop', label: '' });
  #share: CardContent['share'];

  constructor() {
    this.#choose.onPress(() => this.#chosen());
    this.#focus.onPress(() => this.#focused());
    this.#stop.onPress(() => this.#stopped());
    this.#focus.element.title = shareWords.focusHint;
    this.element.append(this.#choose.element, this.#focus.element);
    this.stop.append(this.#stop.element);
    this.render(undefined);
  }

  render(share: CardContent['share']): void {
    this.#share = share;
    setHidden(this.stop, share === undefined);
    if (share === undefined) return setHidden(this.element, true);
    const { source, state, isFocus, capturesHere } = share;
    const failed = state.kind === 'failed';
    const mayChoose = failed || (state.kind === 'waiting' && capturesHere);
    setHidden(this.element, !mayChoose && isFocus === undefined);
    setHidden(this.#choose.element, !mayChoose);
    this.#choose.setLabel(failed ? shareWords.again : shareWords.choose[source]);
    setHidden(this.#focus.element, isFocus === undefined);
    this.#focus.setPressed(isFocus === true);
    this.#focus.setIcon(isFocus === true ? 'pass' : 'circle-large');
    this.#stop.setIcon(failed ? 'close' : 'debug-stop');
    this.#stop.setLabel(failed ? shareWords.dismiss : shareWords.stop[source]);
  }

  /** Makes the click that the browser waits for; a share that failed is asked for again first. */
  #chosen(): void {
    if (this.#share === undefined) return;
    const { source, state } = this.#share;
    if (state.kind === 'failed') emit(this.element, 'intent', { kind: 'share', source });
    emit(this.element, 'share-click', source);
  }

  #focused(): void {
    if (this.#share === undefined || this.#share.isFocus === true) return;
    emit(this.element, 'intent', { kind: 'focus', source: this.#share.source });
  }

  #stopped(): void {
    if (this.#share !== undefined) emit(this.stop, 'intent', { kind: 'stopSharing', source: this.#share.source });
  }
}
