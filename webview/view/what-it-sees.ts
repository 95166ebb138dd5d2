import type { PointingMessage, SentPictureMessage } from '../../src/protocol/messages.ts';
import { SHARE_SOURCES, SHOWN_SOURCES, type SharesView, type ShownSource } from '../../src/protocol/picture.ts';
import { emit } from '../dom-events.ts';
import type { CardContent } from './card-content.ts';
import { element, setHidden } from './element.ts';
import { LastPictures, type Pointing } from './last-pictures.ts';
import { PictureCard } from './picture-card.ts';
import { PictureDialog } from './picture-dialog.ts';
import { shareTitle, shareWords } from './share-words.ts';

/** A card for each share and for the last still: what the model sees now, and nothing that it does not see any more. */
export class WhatItSees {
  readonly element = element('section', 'sees');
  /** Stands outside of what may be hidden or out of reach. */
  readonly dialog = new PictureDialog();
  readonly #cards = new Map<ShownSource, PictureCard>();
  readonly #pictures = new LastPictures();
  readonly #pointing = new Map<ShownSource, Pointing>();
  readonly #list = element('div', 'cards');
  #shares: SharesView | undefined;
  #capturesHere = false;

  constructor() {
    this.element.ariaLabel = shareWords.sees;
    this.element.append(element('h2', 'sees-title', shareWords.sees), this.#list);
    this.element.addEventListener('open-picture', ({ detail: source }) => this.#open(source));
    setHidden(this.element, true);
  }

  showShares(shares: SharesView): void {
    const before = this.#shares;
    this.#shares = shares;
    // What was sent before belongs to a share that has ended, a still to a session that has.
    for (const source of SHARE_SOURCES) if (shares[source].state.kind !== 'on') this.#forget(source);
    if (before?.sessionOpen === true && !shares.sessionOpen) this.#forget('still');
    this.#render();
  }

  showPicture(message: SentPictureMessage): void {
    const { source } = message;
    if (source !== 'still' && this.#shares?.[source].state.kind === 'off') return;
    this.#pictures.put(message);
    this.#render();
  }

  showPointing({ source, at }: PointingMessage): void {
    if (at === undefined) this.#pointing.delete(source);
    else this.#pointing.set(source, at);
    this.#render();
  }

  /** @param here This page is the one that captures. */
  setCapturesHere(here: boolean): void {
    if (here === this.#capturesHere) return;
    this.#capturesHere = here;
    this.#render();
  }

  dispose(): void {
    for (const card of this.#cards.values()) card.dispose();
    this.dialog.dispose();
    this.#pictures.dispose();
  }

  #forget(source: ShownSource): void {
    // First, for it gives the focus back to the card.
    if (this.dialog.source === source) this.dialog.close();
    this.#pictures.forget(source);
    this.#pointing.delete(source);
  }

  #render(): void {
    for (const source of SHOWN_SOURCES) this.#renderCard(source);
    setHidden(this.element, this.#cards.size === 0);
    this.#renderDialog();
  }

  #renderCard(source: ShownSource): void {
    const card = this.#cards.get(source);
    const content = this.#content(source);
    if (content !== undefined) (card ?? this.#add(source)).render(content);
    else if (card !== undefined) this.#remove(source, card);
  }

  #add(source: ShownSource): PictureCard {
    const card = new PictureCard(source);
    this.#cards.set(source, card);
    const after = SHOWN_SOURCES.slice(SHOWN_SOURCES.indexOf(source) + 1);
    const next = after.map((each) => this.#cards.get(each)).find((each) => each !== undefined);
    this.#list.insertBefore(card.element, next?.element ?? null);
    return card;
  }

  #remove(source: ShownSource, card: PictureCard): void {
    const hadFocus = card.element.contains(document.activeElement);
    card.dispose();
    this.#cards.delete(source);
    if (hadFocus) emit(this.element, 'focus-lost');
  }

  #open(source: ShownSource): void {
    this.dialog.open(source);
    this.#renderDialog();
  }

  #renderDialog(): void {
    const { source } = this.dialog;
    const content = source === undefined ? undefined : this.#content(source);
    if (content?.picture === undefined) return;
    this.dialog.render(content.title, content.picture, content.pointing, content.share?.sentFrames);
  }

  #content(source: ShownSource): CardContent | undefined {
    const picture = this.#pictures.get(source);
    const pointing = this.#pointing.get(source);
    if (source === 'still') return picture === undefined ? undefined : { title: picture.name, picture, pointing };
    const shares = this.#shares;
    if (shares === undefined || shares[source].state.kind === 'off') return undefined;
    const { state, sentFrames, failure } = shares[source];
    const bothOn = SHARE_SOURCES.every((each) => shares[each].state.kind === 'on');
    return {
      title: shareTitle(source, state),
      share: {
        source,
        state,
        sentFrames,
        failure,
        ...(bothOn && { isFocus: shares.focus === source }),
        sessionOpen: shares.sessionOpen,
        capturesHere: this.#capturesHere,
      },
      picture,
      pointing,
    };
  }
}
