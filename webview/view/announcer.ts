import type { Entry } from '../../src/protocol/conversation.ts';
import type { PointingMessage } from '../../src/protocol/messages.ts';
import {
  SHARE_SOURCES,
  type ShareSource,
  type SharesView,
  type ShareState,
  type ShownSource,
} from '../../src/protocol/picture.ts';
import type { Phase, SessionView } from '../../src/protocol/session-view.ts';
import { element } from './element.ts';
import { shareWords } from './share-words.ts';
import { words } from './words.ts';

/** Older announcements than these have been read or never will be. */
const KEPT_ANNOUNCEMENTS = 4;

/**
 * Tells screen readers what happened, whole and once. It repeats neither the person's words nor a reply that was spoken: read
 * out again, that would reach the microphone and interrupt the next one.
 */
export class Announcer {
  readonly element = element('div', 'visually-hidden');
  readonly #finished = new Set<string>();
  #audible = false;
  #phase: Phase = 'idle';
  readonly #shares: Record<ShareSource, ShareState['kind']> = { screen: 'off', camera: 'off' };

  /** What is pointed at, by picture. */
  readonly #pointing = new Map<ShownSource, string>();

  constructor() {
    this.element.role = 'status';
    this.element.ariaLive = 'polite';
  }

  session({ phase, speaker }: SessionView): void {
    this.#audible = !speaker.muted && !speaker.locked;
    const before = this.#phase;
    this.#phase = phase;
    if (phase === before) return;
    // Listening and speaking take turns all the time: only coming and going is news.
    if (phase === 'connecting' || phase === 'reconnecting') this.#say(words.phase[phase]);
    else if (phase === 'idle') this.#say(words.sessionEnded);
    else if (before !== 'listening' && before !== 'speaking') this.#say(words.phase.listening);
  }

  shares(shares: SharesView): void {
    for (const source of SHARE_SOURCES) {
      const before = this.#shares[source];
      const { kind } = shares[source].state;
      this.#shares[source] = kind;
      if (kind === before) continue;
      if (kind === 'on') this.#say(shareWords.began[source]);
      else if (before === 'on') this.#say(shareWords.ended[source]);
      if (kind === 'waiting') this.#say(shareWords.chooseInPage[source]);
    }
  }

  /** The same label again is no news: only the box has moved. */
  pointing({ source, at }: PointingMessage): void {
    const before = this.#pointing.get(source);
    if (at === undefined) this.#pointing.delete(source);
    else this.#pointing.set(source, at.label);
    if (at !== undefined && at.label !== before) this.#say(shareWords.pointsAt(at.label));
  }

  /** @param isNews False for a conversation that is shown again, as after a reload. */
  entries(entries: readonly Entry[], isNews: boolean): void {
    for (const entry of entries) {
      // Nobody listens to these lines: the reply says what matters of them.
      if (entry.kind === 'tool' || entry.kind === 'sources') continue;
      if (entry.kind !== 'notice' && entry.status === 'open') continue;
      if (this.#finished.has(entry.id)) continue;
      this.#finished.add(entry.id);
      if (!isNews) continue;
      if (entry.kind === 'notice') this.#say(entry.text);
      else if (entry.kind === 'reply' && !this.#audible) this.#say(`${words.entry.reply}: ${entry.text}`);
    }
  }

  #say(text: string): void {
    this.element.append(element('p', '', text));
    while (this.element.childElementCount > KEPT_ANNOUNCEMENTS) this.element.firstElementChild?.remove();
  }
}
