import type { Entry, SourcesEntry } from '../../src/protocol/conversation.ts';
import { element, setHidden } from './element.ts';
import type { EntryView } from './entry.ts';
import { icon } from './icon.ts';
import { words } from './words.ts';

const SEARCH_PAGE = 'https://www.google.com/search?q=';

/**
 * What a reply was grounded in: the pages, and what was searched for as links to Google Search, both of which Google's terms
 * want shown. The suggestions are made from their words: the piece of web page that the service sends for them is not put
 * into this page, which speaks for the person to the extension, whatever may be in it.
 */
export class SourcesView implements EntryView {
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

/** Nothing where the address is none of the web's: a kept conversation is a file that anybody can write. */
function item(uri: string, text: string, ...before: readonly HTMLElement[]): HTMLElement[] {
  if (!URL.canParse(uri) || new URL(uri).protocol !== 'https:') return [];
  const link = element('a', 'source-link', ...before, element('span', 'source-name', text));
  link.href = uri;
  link.title = text;
  link.dir = 'auto';
  // VS Code opens it in the browser by itself; in the page it must not take the conversation's place.
  link.target = '_blank';
  link.rel = 'noopener noreferrer';
  return [element('li', '', link)];
}
