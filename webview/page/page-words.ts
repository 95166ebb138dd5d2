import type { SessionView } from '../../src/protocol/session-view.ts';
import type { LineEnd, LineState } from '../channel/line-state.ts';
import { stateWord } from '../view/header.ts';

/** Every word that only the page says. */
export const pageWords = {
  title: (workspace: string) => (workspace === '' ? 'Talkthrough' : `Talkthrough — ${workspace}`),
  goBack: 'You can go back to VS Code.',
  thisPage: 'Captured in this page',

  captured: {
    nothing: 'Nothing is captured',
    microphone: (label: string) => (label === '' ? 'Microphone' : `Microphone: ${label}`),
  },

  devices: {
    microphone: 'Microphone',
    loudspeaker: 'Loudspeaker',
    camera: 'Camera',
    system: 'System default',
    missing: (label: string) => `${label} (not connected)`,
    fallback: {
      microphone: (label: string) => `“${label}” is not available, so the default microphone is used.`,
      loudspeaker: (label: string) => `“${label}” is not available, so the default loudspeaker is used.`,
      camera: (label: string) => `“${label}” is not available, so the default camera is used.`,
    },
  },

  firstClick: {
    title: 'Talk with this page open',
    sentence:
      'Talkthrough listens here, because VS Code does not let extensions use the microphone. Sound stays on this computer until it is sent to Google.',
    use: 'Use microphone',
    typeOnly: 'Type only',
  },

  connecting: 'Connecting to VS Code…',
  lost: 'The connection to VS Code was lost. Nothing is captured while this page tries to reconnect.',

  ends: {
    'not-admitted': {
      title: 'Open the page again from VS Code',
      sentence:
        'This address has already been used or has expired. Start a session in VS Code, or select Open Page there.',
    },
    superseded: {
      title: 'Talkthrough is open in another tab',
      sentence: 'Nothing is captured here.',
      button: 'Use it here',
    },
    ended: {
      title: 'The session has ended',
      sentence: 'You can close this tab.',
    },
    unreachable: {
      title: 'VS Code cannot be reached',
      sentence: 'It may be closed, or its computer may be asleep. Nothing is captured.',
      button: 'Try again',
    },
    refused: {
      title: 'VS Code rejected what this page sent',
      sentence: 'Nothing is captured. Try opening the page again from VS Code.',
      button: 'Try again',
    },
  } satisfies Record<LineEnd, { title: string; sentence: string; button?: string }>,

  /** In front of the title, so that a glance at the tab tells. */
  glyph: { listening: '●', speaking: '▶', muted: '⊘', waiting: '◌', idle: '○', sharing: '🔴' },
  tab: {
    disconnected: 'Not connected',
    ended: 'Ended',
    waiting: 'Waiting for a click',
    muted: 'Muted',
  },
};

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
