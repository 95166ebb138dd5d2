import type { LineEnd, LineState } from '../channel/line-state.ts';
import { emit, type PlainEvent } from '../dom-events.ts';
import { element, setHidden } from '../view/element.ts';
import { icon, type IconName } from '../view/icon.ts';
import { PushButton } from '../view/toolkit.ts';
import { pageWords } from './page-words.ts';

interface NoticeButton {
  readonly label: string;
  readonly icon?: IconName;
  /** What a press tells. */
  readonly event: PlainEvent;
}

interface NoticeScreenOptions {
  /** Names it for style sheets and tests. */
  readonly name: string;
  readonly icon: IconName;
  readonly title: string;
  readonly sentence: string;
  /** The first is the one to press. */
  readonly buttons: readonly NoticeButton[];
}

/** Says one thing in the place of everything else, with the buttons that help. */
function noticeScreen({ name, icon: glyph, title, sentence, buttons }: NoticeScreenOptions): HTMLElement {
  const made = buttons.map(({ label, icon: face, event }, index) => {
    const look = index === 0 ? 'primary' : 'secondary';
    const button = new PushButton({ look, label, ...(face !== undefined && { icon: face }) });
    button.onPress(() => emit(button.element, event));
    if (index === 0) button.element.classList.add('big');
    return button.element;
  });
  const screen = element(
    'section',
    'notice-screen',
    icon(glyph),
    element('h2', 'notice-title', title),
    element('p', 'notice-sentence', sentence),
    element('div', 'notice-buttons', ...made),
  );
  screen.dataset['screen'] = name;
  screen.ariaLabel = title;
  // A screen reader reads it out, because it takes the place of all else.
  screen.role = 'alert';
  return screen;
}

/**
 * Asks for the click that the browser wants before it captures or plays. One click opens both; a person who would rather type
 * is not asked again.
 */
export class FirstClick {
  readonly element = element('div', 'first-click');
  #waits = false;
  #declined = false;

  constructor() {
    const { title, sentence, use, typeOnly } = pageWords.firstClick;
    const screen = noticeScreen({
      name: 'first-click',
      icon: 'mic',
      title,
      sentence,
      buttons: [
        { label: use, icon: 'mic', event: 'use-microphone' },
        { label: typeOnly, event: 'type-only' },
      ],
    });
    this.element.append(screen);
    this.element.addEventListener('type-only', () => this.#decline());
    setHidden(this.element, true);
  }

  show(waits: boolean): void {
    this.#waits = waits;
    this.#render();
  }

  #decline(): void {
    this.#declined = true;
    this.#render();
  }

  #render(): void {
    const shown = this.#waits && !this.#declined;
    setHidden(this.element, !shown);
    emit(this.element, 'covered', shown);
  }
}

const ICONS: Readonly<Record<LineEnd, IconName>> = {
  'not-admitted': 'debug-disconnect',
  superseded: 'multiple-windows',
  ended: 'pass',
  unreachable: 'debug-disconnect',
  refused: 'error',
};

/** What the page says about its line to VS Code: nothing while all is well. */
export class LineScreens {
  /** This takes the session's place when there is none to show. */
  readonly screen = element('div', 'line-screen');
  /** This stands above the conversation while the page tries to come back. */
  readonly banner = element('div', 'line-banner');
  #shown = '';

  constructor() {
    this.banner.role = 'alert';
    setHidden(this.banner, true);
  }

  show(state: LineState): void {
    setHidden(this.banner, state.kind !== 'lost');
    this.banner.replaceChildren(...(state.kind === 'lost' ? [icon('sync'), pageWords.lost] : []));
    const name = screenName(state);
    setHidden(this.screen, name === '');
    if (name === this.#shown) return;
    this.#shown = name;
    this.screen.replaceChildren(...this.#content(state));
  }

  #content(state: LineState): readonly HTMLElement[] {
    switch (state.kind) {
      case 'joined':
      case 'lost':
        return [];
      case 'connecting':
        return [element('p', 'line-connecting', icon('loading'), pageWords.connecting)];
      case 'closed':
        return [this.#end(state.why)];
    }
  }

  #end(why: LineEnd): HTMLElement {
    const words: { title: string; sentence: string; button?: string } = pageWords.ends[why];
    const { title, sentence, button } = words;
    const buttons = button === undefined ? [] : [{ label: button, event: 'connect' } as const];
    return noticeScreen({ name: why, icon: ICONS[why], title, sentence, buttons });
  }
}

/** Empty: no screen. */
function screenName(state: LineState): string {
  switch (state.kind) {
    case 'joined':
    case 'lost':
      return '';
    case 'connecting':
      return 'connecting';
    case 'closed':
      return state.why;
  }
}
