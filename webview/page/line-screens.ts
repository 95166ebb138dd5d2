import type { LineEnd, LineState } from '../channel/line-state.ts';
import { element, setHidden } from '../view/element.ts';
import { icon, type IconName } from '../view/icon.ts';
import { noticeScreen } from './notice-screen.ts';
import { pageWords } from './page-words.ts';

const ICONS: Readonly<Record<LineEnd, IconName>> = {
  'not-admitted': 'debug-disconnect',
  superseded: 'multiple-windows',
  ended: 'pass',
  unreachable: 'debug-disconnect',
  refused: 'error',
};

/** What the page says about its line to VS Code: nothing while all is well. */
export class LineScreens {
  /** Takes the place of the session when there is none to show. */
  readonly screen = element('div', 'line-screen');
  /** Stands above what was said so far while the page tries to come back. */
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
