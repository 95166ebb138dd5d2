import { setHidden } from './element.ts';

/** Half a line counts as the end, so that a stray pixel does not unstick the list. */
const AT_END_PX = 8;

/**
 * Keeps a scrolled list at its end while it grows. Only a scroll upwards lets go; a return to the end takes hold again.
 */
export class StickToEnd {
  readonly #scroller: HTMLElement;
  readonly #jump: HTMLElement;
  readonly #sizes: ResizeObserver;
  readonly #listening = new AbortController();
  #atEnd = true;
  #lastTop = 0;

  /**
   * @param content The only child of `scroller`.
   * @param jump What leads back to the end; it is shown while the end is out of sight.
   */
  constructor(scroller: HTMLElement, content: HTMLElement, jump: HTMLElement) {
    this.#scroller = scroller;
    this.#jump = jump;
    setHidden(jump, true);
    this.#sizes = new ResizeObserver(() => this.#resized());
    this.#sizes.observe(scroller);
    this.#sizes.observe(content);
    const { signal } = this.#listening;
    scroller.addEventListener('scroll', () => this.#scrolled(), { passive: true, signal });
  }

  /** Goes to the end and stays there. */
  jump(): void {
    this.#set(true);
    this.#toEnd();
  }

  dispose(): void {
    this.#sizes.disconnect();
    this.#listening.abort();
  }

  get #distancePx(): number {
    const { scrollHeight, scrollTop, clientHeight } = this.#scroller;
    return scrollHeight - scrollTop - clientHeight;
  }

  #resized(): void {
    if (this.#atEnd) this.#toEnd();
    // The whole list may fit again.
    else if (this.#distancePx <= AT_END_PX) this.#set(true);
  }

  #scrolled(): void {
    const { scrollTop } = this.#scroller;
    const wentUp = scrollTop < this.#lastTop - 1;
    this.#lastTop = scrollTop;
    if (this.#distancePx <= AT_END_PX) this.#set(true);
    else if (wentUp) this.#set(false);
    else if (this.#atEnd) this.#toEnd();
  }

  #toEnd(): void {
    this.#scroller.scrollTop = this.#scroller.scrollHeight;
    this.#lastTop = this.#scroller.scrollTop;
  }

  #set(atEnd: boolean): void {
    if (atEnd === this.#atEnd) return;
    this.#atEnd = atEnd;
    setHidden(this.#jump, atEnd);
  }
}
