import type { Entry } from '../../src/protocol/conversation.ts';
import type { ConversationMessage } from '../../src/protocol/messages.ts';
import type { SessionView } from '../../src/protocol/session-view.ts';
import { emit } from '../dom-events.ts';
import { element, setHidden, setText } from './element.ts';
import { createEntryView, type EntryView } from './entry.ts';
import { isHearing } from './microphone-words.ts';
import { StickToEnd } from './stick-to-end.ts';
import { PushButton } from './toolkit.ts';
import { words } from './words.ts';

/**
 * The conversation. An update touches its own entry and nothing else, however many there are; the style sheet lets the
 * browser skip entries that are out of sight.
 */
export class Transcript {
  readonly element = element('div', 'transcript');
  readonly #log = element('div', 'log');
  readonly #list = element('div', 'entries');
  readonly #stick: StickToEnd;
  readonly #views = new Map<string, EntryView>();
  /** The entries as they stand: by time, then by arrival. */
  #places: { readonly atMs: number; readonly element: HTMLElement }[] = [];

  /** @param welcome what stands here until there is a conversation */
  constructor(welcome: HTMLElement) {
    this.#log.role = 'log';
    this.#log.ariaLabel = words.conversation;
    // `Announcer` reads finished entries out, whole and once; a live region would read every fragment.
    this.#log.ariaLive = 'off';
    this.#log.tabIndex = 0;
    this.#list.append(welcome);
    this.#log.append(this.#list);
    const button = new PushButton({ look: 'secondary', icon: 'arrow-down', label: words.jumpToLatest });
    button.onPress(() => this.#jumpToLatest());
    const jump = element('div', 'jump', button.element);
    this.element.append(this.#log, jump);
    this.#stick = new StickToEnd(this.#log, this.#list, jump);
  }

  get isEmpty(): boolean {
    return this.#views.size === 0;
  }

  render({ reset, entries }: ConversationMessage): void {
    if (reset) this.#forgetAll();
    for (const entry of entries) {
      const known = this.#views.get(entry.id);
      if (known === undefined) this.#place(entry);
      else known.render(entry);
    }
    if (reset) this.#stick.jump();
  }

  dispose(): void {
    this.#stick.dispose();
  }

  /** An entry goes to the end; a transcript that comes after its answer goes before that answer. */
  #place(entry: Entry): void {
    const view = createEntryView(entry);
    view.render(entry);
    this.#views.set(entry.id, view);
    const at = this.#places.findLastIndex(({ atMs }) => atMs <= entry.atMs) + 1;
    this.#list.insertBefore(view.element, this.#places[at]?.element ?? null);
    this.#places.splice(at, 0, { atMs: entry.atMs, element: view.element });
  }

  #forgetAll(): void {
    for (const view of this.#views.values()) view.element.remove();
    this.#views.clear();
    this.#places = [];
  }

  #jumpToLatest(): void {
    this.#stick.jump();
    // The button vanishes with the focus on it.
    this.#log.focus({ preventScroll: true });
  }
}

/** Stands where the conversation will be: an invitation, then what to do next. */
export class Welcome {
  readonly element = element('div', 'welcome');
  readonly #invitation: HTMLElement;
  readonly #next = element('p', 'welcome-next');

  constructor() {
    const start = new PushButton({ look: 'primary', icon: 'mic', label: words.startSession });
    start.onPress(() => emit(this.element, 'intent', { kind: 'start' }));
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

  /** @param isEmpty whether nothing has been said yet */
  render({ phase, microphone }: SessionView, isEmpty: boolean): void {
    setHidden(this.element, !isEmpty);
    setHidden(this.#invitation, phase !== 'idle');
    setHidden(this.#next, phase === 'idle');
    if (phase === 'connecting' || phase === 'reconnecting') setText(this.#next, words.welcome.connecting);
    else setText(this.#next, isHearing(microphone) ? words.welcome.listening : words.welcome.notHearing);
  }
}
