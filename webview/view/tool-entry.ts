import type { Entry, NamedPlace, ToolEntry } from '../../src/protocol/conversation.ts';
import { element, setAttribute, setHidden, setText } from './element.ts';
import type { EntryView } from './entry.ts';
import { icon, setIcon, type IconName } from './icon.ts';
import { words } from './words.ts';

const ICONS = { running: 'loading', done: 'check', failed: 'error' } as const satisfies Record<
  ToolEntry['status'],
  IconName
>;

/** What the model did by a tool, as one quiet line. Where it names a place, the line is a button that opens it. */
export class ToolView implements EntryView {
  readonly element = element('p', 'entry tool');
  readonly #icon = icon('loading');
  readonly #text = element('span', 'tool-text');
  readonly #open = element('button', 'tool-text tool-open');
  readonly #state = element('span', 'visually-hidden');

  /** @param onOpen The person wants to see what it names. */
  constructor(onOpen: () => void) {
    this.#open.type = 'button';
    this.#open.addEventListener('click', onOpen);
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

/** As `src/cart.ts:10`, the way editors write it. */
function placeName({ path, line }: NamedPlace): string {
  return line === undefined ? path : `${path}:${line}`;
}
