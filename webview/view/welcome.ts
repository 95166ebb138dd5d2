import type { SessionView } from '../../src/protocol/session-view.ts';
import { element, setHidden, setText } from './element.ts';
import { isHearing } from './microphone-words.ts';
import { PushButton } from './toolkit.ts';
import { words } from './words.ts';

/** What stands where the conversation will be: an invitation, then what to do next. */
export class Welcome {
  readonly element = element('div', 'welcome');
  readonly #invitation: HTMLElement;
  readonly #next = element('p', 'welcome-next');

  constructor(onStart: () => void) {
    const start = new PushButton({ look: 'primary', icon: 'mic', label: words.startSession, onPress: onStart });
    start.element.classList.add('big');
    this.#invitation = element(
      'div',
      'invitation',
      element('h1', 'welcome-title', words.welcome.title),
      element('p', 'welcome-sentence', words.welcome.sentence),
      start.element,
      element('p', 'welcome-or', words.welcome.orType),
      element('p', 'welcome-keys', words.welcome.keys),
    );
    setHidden(this.#next, true);
    this.element.append(this.#invitation, this.#next);
  }

  /** @param isEmpty Whether nothing has been said yet. */
  render({ phase, microphone }: SessionView, isEmpty: boolean): void {
    setHidden(this.element, !isEmpty);
    setHidden(this.#invitation, phase !== 'idle');
    setHidden(this.#next, phase === 'idle');
    if (phase === 'connecting' || phase === 'reconnecting') setText(this.#next, words.welcome.connecting);
    else setText(this.#next, isHearing(microphone) ? words.welcome.listening : words.welcome.notHearing);
  }
}
