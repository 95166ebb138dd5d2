import type { SessionView } from '../../src/protocol/session-view.ts';
import type { LineState } from '../channel/line-state.ts';
import { stateWord } from '../view/header.ts';
import { pageWords } from './page-words.ts';

interface TabState {
  readonly workspace: string;
  readonly line: LineState;
  readonly session: SessionView | undefined;
  /** A screen or a camera is captured in this page. */
  readonly sharing: boolean;
}

/** What the browser shows in the tab: how things stand first, since tabs are narrow, then where the page belongs. */
export function tabTitle({ workspace, line, session, sharing }: TabState): string {
  const { glyph, word } = state(line, session);
  const marked = sharing ? `${pageWords.glyph.sharing} ${glyph}` : glyph;
  return `${marked} ${word} · ${pageWords.title(workspace)}`;
}

function state(line: LineState, session: SessionView | undefined): { glyph: string; word: string } {
  const { glyph, tab } = pageWords;
  if (line.kind === 'closed') return { glyph: glyph.idle, word: line.why === 'ended' ? tab.ended : tab.disconnected };
  if (line.kind !== 'joined' || session === undefined) return { glyph: glyph.waiting, word: pageWords.connecting };
  const word = stateWord(session);
  switch (session.phase) {
    case 'idle':
      return { glyph: glyph.idle, word };
    case 'connecting':
    case 'reconnecting':
      return { glyph: glyph.waiting, word };
    case 'speaking':
      return { glyph: glyph.speaking, word };
    case 'listening':
      if (session.microphone.kind === 'waiting') return { glyph: glyph.waiting, word: tab.waiting };
      if (session.microphone.kind === 'muted') return { glyph: glyph.muted, word: tab.muted };
      return { glyph: session.microphone.kind === 'on' ? glyph.listening : glyph.idle, word };
  }
}
