import { MAX_TYPED_LENGTH } from '../../src/protocol/limits.ts';
import { emit } from '../dom-events.ts';
import { element, setHidden, setText } from './element.ts';
import { PushButton, TextBox } from './toolkit.ts';
import { words } from './words.ts';

/** The box to type in. It works without a session too: the host decides what becomes of the text. */
export class Composer {
  readonly element = element('div', 'composer');
  readonly #box: TextBox;
  readonly #send: PushButton;
  readonly #tooLong = element('p', 'too-long');
  readonly #draft: DraftStore;

  constructor(draft: DraftStore) {
    this.#draft = draft;
    this.#box = new TextBox({ label: words.composer.label, placeholder: words.composer.placeholder });
    this.#box.element.addEventListener('input', () => this.#typed());
    this.#box.element.addEventListener('keydown', (event) => this.#pressed(event));
    this.#send = new PushButton({ look: 'icon', icon: 'send', label: words.composer.send });
    this.#send.onPress(() => {
      this.#submit();
      this.#box.focus();
    });
    this.#tooLong.role = 'alert';
    this.element.append(element('div', 'composer-box', this.#box.element, this.#send.element), this.#tooLong);
    this.#box.value = draft.load();
    this.#judge();
  }

  #typed(): void {
    this.#draft.save(this.#box.value);
    this.#judge();
  }

  #pressed(event: KeyboardEvent): void {
    if (event.key !== 'Enter' || event.shiftKey || event.altKey || event.ctrlKey || event.metaKey) return;
    if (isComposing(event)) return;
    event.preventDefault();
    this.#submit();
  }

  #submit(): void {
    const text = this.#box.value.trim();
    if (text === '' || text.length > MAX_TYPED_LENGTH) return;
    emit(this.element, 'intent', { kind: 'type', text });
    this.#box.value = '';
    this.#typed();
  }

  /** A text that is too long is kept and marked: a field that cuts it silently would lose its end. */
  #judge(): void {
    const { length } = this.#box.value.trim();
    this.#send.setDisabled(length === 0 || length > MAX_TYPED_LENGTH);
    setText(this.#tooLong, length > MAX_TYPED_LENGTH ? words.composer.tooLong(length, MAX_TYPED_LENGTH) : '');
    setHidden(this.#tooLong, length <= MAX_TYPED_LENGTH);
  }
}

/** Says whether an input method wants this Enter. Safari ends the composition first and sends code 229. */
function isComposing(event: KeyboardEvent): boolean {
  // eslint-disable-next-line @typescript-eslint/no-deprecated -- nothing else tells the two apart in Safari
  return event.isComposing || event.keyCode === 229;
}

/** Keeps a draft while the page reloads. */
export interface DraftStore {
  load(): string;
  save(draft: string): void;
}

/** Reads the draft of a kept state `{ draft }`; it is empty where the state holds none. */
export function readDraft(state: unknown): string {
  if (typeof state !== 'object' || state === null || !('draft' in state)) return '';
  return typeof state.draft === 'string' ? state.draft : '';
}
