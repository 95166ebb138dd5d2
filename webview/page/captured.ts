import type { MicrophoneState } from '../../src/protocol/session-view.ts';
import { element, setAttribute, setText } from '../view/element.ts';
import { icon, setIcon } from '../view/icon.ts';
import { microphoneStatus } from '../view/microphone-words.ts';
import { pageWords } from './page-words.ts';

/** What is being captured in this page, by name. Pictures get a place of their own beside the microphone. */
export class Captured {
  readonly element = element('div', 'captured');
  /** Where the buttons that share a screen or a camera will stand. */
  readonly shares = element('div', 'shares');
  readonly #icon = icon('mic');
  readonly #word = element('span', 'captured-word');

  constructor() {
    this.element.role = 'group';
    this.element.ariaLabel = pageWords.thisPage;
    this.element.append(element('span', 'captured-microphone', this.#icon, this.#word), this.shares);
    this.render({ kind: 'off' });
  }

  render(microphone: MicrophoneState): void {
    const on = microphone.kind === 'on';
    setAttribute(this.element, 'data-microphone', microphone.kind);
    setIcon(this.#icon, on ? 'record' : 'mic-muted');
    if (on) setText(this.#word, pageWords.captured.microphone(microphone.label));
    else setText(this.#word, microphone.kind === 'off' ? pageWords.captured.nothing : microphoneStatus(microphone));
  }
}
