import { SHARE_SOURCES, sharedSources, type ShareSource, type SharesView } from '../../src/protocol/picture.ts';
import type { MicrophoneState } from '../../src/protocol/session-view.ts';
import { element, setAttribute, setHidden, setText } from '../view/element.ts';
import { icon, setIcon } from '../view/icon.ts';
import { microphoneStatus } from '../view/microphone-words.ts';
import { shareTitle } from '../view/share-words.ts';
import { pageWords } from './page-words.ts';

/** What is being captured in this page, by name. */
export class Captured {
  readonly element = element('div', 'captured');
  readonly #icon = icon('mic');
  readonly #word = element('span', 'captured-word');
  readonly #microphone = element('span', 'captured-source', this.#icon, this.#word);
  readonly #shares: Readonly<Record<ShareSource, HTMLElement>>;
  readonly #shareWords: Readonly<Record<ShareSource, HTMLElement>>;

  constructor() {
    this.element.role = 'group';
    this.element.ariaLabel = pageWords.thisPage;
    const word = (): HTMLElement => element('span', 'captured-word');
    this.#shareWords = { screen: word(), camera: word() };
    const share = (source: ShareSource): HTMLElement =>
      element('span', 'captured-source captured-share', icon('record'), this.#shareWords[source]);
    this.#shares = { screen: share('screen'), camera: share('camera') };
    this.element.append(this.#microphone, this.#shares.screen, this.#shares.camera);
    this.render({ kind: 'off' }, undefined);
  }

  /** @param shares undefined: nothing is shared from this page. */
  render(microphone: MicrophoneState, shares: SharesView | undefined): void {
    const on = microphone.kind === 'on';
    const shared = shares === undefined ? [] : sharedSources(shares);
    setAttribute(this.element, 'data-microphone', microphone.kind);
    setIcon(this.#icon, on ? 'record' : 'mic-muted');
    if (on) setText(this.#word, pageWords.captured.microphone(microphone.label));
    else setText(this.#word, microphone.kind === 'off' ? pageWords.captured.nothing : microphoneStatus(microphone));
    // That nothing is captured would not be true.
    setHidden(this.#microphone, microphone.kind === 'off' && shared.length > 0);
    for (const source of SHARE_SOURCES) {
      setHidden(this.#shares[source], !shared.includes(source));
      if (shares !== undefined) setText(this.#shareWords[source], shareTitle(source, shares[source].state));
    }
  }
}
