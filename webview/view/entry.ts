import type {
  Entry,
  NamedPlace,
  PersonEntry,
  ReplyEntry,
  SourcesEntry,
  ToolEntry,
} from '../../src/protocol/conversation.ts';
import { emit } from '../dom-events.ts';
import { element, setAttribute, setHidden, setText } from './element.ts';
import { icon, type IconName, setIcon } from './icon.ts';
import { words } from './words.ts';

const clock = new Intl.DateTimeFormat(undefined, { timeStyle: 'short' });

/** One entry on the page. It is made once and later only changed where the entry changed. */
export interface EntryView {
  readonly element: HTMLElement;
  render(entry: Entry): void;
}

/** A view for entries of this kind and maker; an entry never changes those. */
export function createEntryView(entry: Entry): EntryView {
  switch (entry.kind) {
    case 'person':
      return new PersonView(entry);
    case 'reply':
      return new ReplyView(entry);
    case 'tool':
      return new ToolView(entry);
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

/** A reply: heard words stand firm, words still to come are dimmed, words never to be heard are left out. */
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

/** Returns `length`, or one less where it would cut a character of two UTF-16 units. */
function withoutHalfCharacter(text: string, length: number): number {
  const unit = text.charCodeAt(length - 1);
  return unit >= 0xd800 && unit <= 0xdbff ? length - 1 : length;
}

const ICONS = { running: 'loading', done: 'check', failed: 'error' } as const satisfies Record<
  ToolEntry['status'],
  IconName
>;

/** One quiet line on what a tool did. Where it names a place, the line is a button that opens it. */
class ToolView implements EntryView {
  readonly element = element('p', 'entry tool');
  readonly #icon = icon('loading');
  readonly #text = element('span', 'tool-text');
  readonly #open = element('button', 'tool-text tool-open');
  readonly #state = element('span', 'visually-hidden');

  constructor({ id }: ToolEntry) {
    this.#open.type = 'button';
    this.#open.addEventListener('click', () => emit(this.element, 'intent', { kind: 'open', entry: id }));
    this.#text.dir = this.#open.dir = 'auto';
    this.element.append(this.#icon, this.#text, this.#open, this.#state);
  }

  render(entry: Entry): void {
    if (entry.kind !== 'tool') return;
    const { text, status, opens } = entry;
    setAttribute(this.element, 'data-status', status);
    setIcon(this.#icon, ICONS[status]);
    setText(this.#state, status === 'done' ? '' : `, ${words.entry.tool[status]}`);
    // The button stays the same one, so that a line that goes on keeps the focus.
    setHidden(this.#text, opens !== undefined);
    setHidden(this.#open, opens === undefined);
    setText(this.#text, opens === undefined ? text : '');
    setText(this.#open, opens === undefined ? '' : text);
    setAttribute(this.#open, 'title', opens === undefined ? undefined : words.entry.open(placeName(opens)));
  }
}

/** Names a place the way editors write it: `src/cart.ts:10`. */
function placeName({ path, line }: NamedPlace): string {
  return line === undefined ? path : `${path}:${line}`;
}

const SEARCH_PAGE = 'https://www.google.com/search?q=';

/**
 * What a reply was grounded in: pages, and searches as links to Google Search; Google's terms want both shown. The links are
 * made from words: the markup that the service sends stays out of a page that speaks for the person.
 */
class SourcesView implements EntryView {
  readonly element = element('div', 'entry sources');
  readonly #pages = element('ul', 'source-links');
  readonly #searches = element('ul', 'source-searches');
  #shown = '';

  constructor() {
    this.element.role = 'group';
    this.element.ariaLabel = words.entry.sources;
    this.#pages.ariaLabel = words.entry.sources;
    this.#searches.ariaLabel = words.entry.searches;
    this.element.append(element('p', 'sources-title', icon('globe'), words.entry.sources), this.#pages, this.#searches);
  }

  render(entry: Entry): void {
    if (entry.kind !== 'sources' || JSON.stringify(entry) === this.#shown) return;
    this.#shown = JSON.stringify(entry);
    const { links, searches }: SourcesEntry = entry;
    this.#pages.replaceChildren(...links.flatMap(({ title, uri }) => item(uri, title)));
    this.#searches.replaceChildren(
      ...searches.flatMap((query) => item(SEARCH_PAGE + encodeURIComponent(query), query, icon('search'))),
    );
    setHidden(this.#pages, this.#pages.childElementCount === 0);
    setHidden(this.#searches, this.#searches.childElementCount === 0);
  }
}

/** Makes no link of an address that is not https: anybody can write the file of a kept conversation. */
function item(uri: string, text: string, ...before: readonly HTMLElement[]): HTMLElement[] {
  if (!URL.canParse(uri) || new URL(uri).protocol !== 'https:') return [];
  const link = element('a', 'source-link', ...before, element('span', 'source-name', text));
  link.href = uri;
  link.title = text;
  link.dir = 'auto';
  // VS Code opens links in the browser; in the page a link must not replace the conversation.
  link.target = '_blank';
  link.rel = 'noopener noreferrer';
  return [element('li', '', link)];
}
