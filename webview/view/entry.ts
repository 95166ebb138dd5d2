import type { Entry, PersonEntry, ReplyEntry } from '../../src/protocol/conversation.ts';
import { element, setHidden, setText } from './element.ts';
import { icon } from './icon.ts';
import { SourcesView } from './sources-entry.ts';
import { ToolView } from './tool-entry.ts';
import { words } from './words.ts';

const clock = new Intl.DateTimeFormat(undefined, { timeStyle: 'short' });

/** One entry of the conversation on the page. It is made once and then only changed where the entry has changed. */
export interface EntryView {
  readonly element: HTMLElement;
  render(entry: Entry): void;
}

/**
 * A view for entries of this kind and maker; an entry never changes those.
 *
 * @param onOpen The person wants to see what the entry names.
 */
export function createEntryView(entry: Entry, onOpen: () => void): EntryView {
  switch (entry.kind) {
    case 'person':
      return new PersonView(entry);
    case 'reply':
      return new ReplyView(entry);
    case 'tool':
      return new ToolView(onOpen);
    case 'sources':
      return new SourcesView();
    case 'notice':
      return new NoticeView();
  }
}

class PersonView implements EntryView {
  readonly element: HTMLElement;
  readonly #text = textBlock();

  constructor({ via, atMs }: PersonEntry) {
    const voice = via === 'voice';
    const how = element('span', 'visually-hidden', `, ${voice ? words.entry.spoken : words.entry.typed}`);
    const glyph = icon(voice ? 'mic' : 'keyboard');
    this.element = element('article', 'entry person', who(words.entry.person, glyph, atMs, how), this.#text);
  }

  render(entry: Entry): void {
    setText(this.#text, entry.text);
  }
}

/** What was heard stands firm, what is still to be heard is dimmed, what will never be heard is not there. */
class ReplyView implements EntryView {
  readonly element: HTMLElement;
  readonly #heard = element('span', 'heard');
  readonly #unheard = element('span', 'unheard');
  readonly #interrupted = element('p', 'interrupted', icon('circle-slash'), words.entry.interrupted);

  constructor({ atMs }: ReplyEntry) {
    const text = textBlock();
    text.append(this.#heard, this.#unheard);
    setHidden(this.#interrupted, true);
    this.element = element('article', 'entry reply', who(words.entry.reply, icon('sparkle'), atMs), text);
    this.element.append(this.#interrupted);
  }

  render(entry: Entry): void {
    if (entry.kind !== 'reply') return;
    const { text, heardLength, status } = entry;
    const boundary = withoutHalfCharacter(text, heardLength);
    setText(this.#heard, text.slice(0, boundary));
    setText(this.#unheard, status === 'interrupted' ? '' : text.slice(boundary));
    setHidden(this.#interrupted, status !== 'interrupted');
  }
}

class NoticeView implements EntryView {
  readonly element = element('p', 'entry notice');

  render(entry: Entry): void {
    setText(this.element, entry.text);
  }
}

function who(name: string, glyph: HTMLElement, atMs: number, ...more: readonly HTMLElement[]): HTMLElement {
  const at = new Date(atMs);
  const time = element('time', 'entry-time', clock.format(at));
  time.dateTime = at.toISOString();
  time.title = at.toLocaleString();
  return element('div', 'who', glyph, element('span', 'who-name', name, ...more), time);
}

function textBlock(): HTMLElement {
  const block = element('div', 'entry-text');
  block.dir = 'auto';
  return block;
}

/** `length`, or one less where it would cut a character in two that takes two UTF-16 units. */
function withoutHalfCharacter(text: string, length: number): number {
  const unit = text.charCodeAt(length - 1);
  return unit >= 0xd800 && unit <= 0xdbff ? length - 1 : length;
}
