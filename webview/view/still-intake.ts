import { emit } from '../dom-events.ts';
import { element, setHidden, setText } from './element.ts';
import { icon } from './icon.ts';
import { shareWords } from './share-words.ts';
import { PushButton } from './toolkit.ts';

/** More than anybody pastes on purpose, far less than a folder of photographs. */
const MOST_STILLS_AT_ONCE = 5;

/** Browsers report a held file every 350 ms (HTML standard) or oftener, but not all report that it left. */
const GONE_AFTER_MS = 900;

/** Takes pictures that are pasted, or dropped anywhere in the page. */
export class StillIntake {
  /** Covers the page while a file is held over it. */
  readonly element = element('div', 'drop-target', icon('file-media'), element('p', '', shareWords.drop));
  /** This names the files that were too many. */
  readonly leftOut = new LeftOut();
  readonly #view: HTMLElement;
  readonly #listening = new AbortController();
  #wanted = false;
  #gone: ReturnType<typeof setTimeout> | undefined;

  /** @param view The view, which tells `still` for each file; none is taken while it is hidden or inert. */
  constructor(view: HTMLElement) {
    this.#view = view;
    const { signal } = this.#listening;
    setHidden(this.element, true);
    document.addEventListener('paste', (event) => this.#pasted(event), { signal });
    document.addEventListener('dragenter', (event) => this.#dragged(event), { signal });
    document.addEventListener('dragover', (event) => this.#dragged(event), { signal });
    document.addEventListener('dragleave', (event) => this.#left(event), { signal });
    document.addEventListener('drop', (event) => this.#dropped(event), { signal });
  }

  /** Takes files from now on: the host has said that it takes pictures. */
  enable(): void {
    this.#wanted = true;
  }

  dispose(): void {
    this.#listening.abort();
    clearTimeout(this.#gone);
    this.element.remove();
  }

  get #accepts(): boolean {
    return this.#wanted && !this.#view.inert && !this.#view.classList.contains('without-view');
  }

  #pasted(event: ClipboardEvent): void {
    const { clipboardData } = event;
    if (clipboardData === null || !this.#accepts) return;
    const images = [...clipboardData.files].filter(({ type }) => type.startsWith('image/'));
    // Copied text often brings a picture of itself along: a text field takes the text.
    const isText = clipboardData.types.includes('text/plain') && isTypedInto(event);
    if (images.length === 0 || isText) return;
    event.preventDefault();
    this.#take(images);
  }

  #dragged(event: DragEvent): void {
    const { dataTransfer } = event;
    if (dataTransfer?.types.includes('Files') !== true) return;
    // Otherwise the browser would leave the page to show the file, taken or not.
    event.preventDefault();
    dataTransfer.dropEffect = this.#accepts ? 'copy' : 'none';
    this.#cover(this.#accepts);
  }

  #left({ relatedTarget }: DragEvent): void {
    // With a related target, the file only moved from one element to the next.
    if (relatedTarget === null) this.#cover(false);
  }

  #dropped(event: DragEvent): void {
    this.#cover(false);
    const { dataTransfer } = event;
    if (dataTransfer?.types.includes('Files') !== true) return;
    event.preventDefault();
    // Whoever reads the file says that it is no picture.
    if (this.#accepts) this.#take([...dataTransfer.files]);
  }

  #take(files: readonly File[]): void {
    for (const file of files.slice(0, MOST_STILLS_AT_ONCE)) emit(this.#view, 'still', file);
    const names = files.slice(MOST_STILLS_AT_ONCE).map(({ name }) => name);
    this.leftOut.show(names, MOST_STILLS_AT_ONCE);
  }

  #cover(covered: boolean): void {
    clearTimeout(this.#gone);
    if (covered) this.#gone = setTimeout(() => this.#cover(false), GONE_AFTER_MS);
    setHidden(this.element, !covered);
  }
}

/** The toolkit's text box hides its field in a shadow root, so the first element of the path decides. */
function isTypedInto(event: Event): boolean {
  const [target] = event.composedPath();
  return target instanceof HTMLTextAreaElement || target instanceof HTMLInputElement;
}

/** Says which files were left out, until the person dismisses it. */
class LeftOut {
  readonly element = element('div', 'left-out');
  readonly #sentence = element('p', 'left-out-sentence');

  constructor() {
    const dismiss = new PushButton({ look: 'icon', icon: 'close', label: shareWords.dismiss });
    dismiss.onPress(() => this.show([], 0));
    this.#sentence.role = 'alert';
    this.element.append(this.#sentence, dismiss.element);
    setHidden(this.element, true);
  }

  /**
   * @param names of the files that were left out; with none it hides
   * @param most how many are taken at once
   */
  show(names: readonly string[], most: number): void {
    setHidden(this.element, names.length === 0);
    setText(this.#sentence, names.length === 0 ? '' : shareWords.leftOut(names, most));
  }
}
