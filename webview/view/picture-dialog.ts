import type { ShownSource } from '../../src/protocol/picture.ts';
import { element, setText } from './element.ts';
import type { LastPicture, Pointing } from './last-pictures.ts';
import { PictureFacts } from './picture-facts.ts';
import { PictureFrame } from './picture-frame.ts';
import { shareWords } from './share-words.ts';
import { PushButton } from './toolkit.ts';

/**
 * Shows the last sent picture over everything else, as large as fits or pixel by pixel. The browser closes it on Escape and
 * gives the focus back.
 */
export class PictureDialog {
  readonly element = element('dialog', 'picture-dialog');
  readonly #title = element('h2', 'dialog-title');
  /** The dialog has a status of its own, because nothing outside an open dialog is read out. */
  readonly #pointing = element('p', 'dialog-pointing');
  readonly #facts = new PictureFacts();
  readonly #frame = new PictureFrame();
  readonly #room = element('div', 'dialog-room', this.#frame.element);
  readonly #actualSize = new PushButton({
    look: 'secondary',
    icon: 'zoom-in',
    label: shareWords.dialog.actualSize,
  });
  #source: ShownSource | undefined;

  constructor() {
    this.#actualSize.onPress(() => this.#setActualSize(!this.element.classList.contains('actual-size')));
    const close = new PushButton({ look: 'icon', icon: 'close', label: shareWords.dialog.close });
    close.onPress(() => this.close());
    this.#title.id = 'picture-dialog-title';
    this.#pointing.id = 'picture-dialog-pointing';
    this.#pointing.role = 'status';
    this.element.setAttribute('aria-labelledby', this.#title.id);
    this.element.setAttribute('aria-describedby', this.#pointing.id);
    // The keyboard too must be able to scroll.
    this.#room.tabIndex = 0;
    this.#room.role = 'group';
    this.#room.ariaLabel = shareWords.sees;
    const words = element('div', 'dialog-words', this.#title, this.#facts.element, this.#pointing);
    const buttons = element('div', 'dialog-buttons', this.#actualSize.element, close.element);
    this.element.append(element('div', 'dialog-head', words, buttons), this.#room);
    this.element.addEventListener('close', () => this.#closed());
  }

  /** The source whose picture it shows; undefined while it is closed. */
  get source(): ShownSource | undefined {
    return this.#source;
  }

  open(source: ShownSource): void {
    if (this.element.open) return;
    this.#source = source;
    this.#setActualSize(false);
    this.element.showModal();
  }

  /** @param sentFrames undefined for a still */
  render(title: string, picture: LastPicture, pointing: Pointing | undefined, sentFrames: number | undefined): void {
    setText(this.#title, title);
    this.#facts.show(picture, sentFrames);
    setText(this.#pointing, pointing === undefined ? '' : shareWords.pointsAt(pointing.label));
    this.#frame.show(picture, shareWords.picture(title), pointing);
  }

  close(): void {
    this.element.close();
  }

  dispose(): void {
    this.element.close();
    this.#facts.dispose();
    this.element.remove();
  }

  #closed(): void {
    // The event comes late: the dialog may be open again.
    if (this.element.open) return;
    this.#source = undefined;
    this.#facts.show(undefined, undefined);
    setText(this.#pointing, '');
    this.#frame.clear();
  }

  #setActualSize(actual: boolean): void {
    this.element.classList.toggle('actual-size', actual);
    this.#actualSize.setPressed(actual);
  }
}
