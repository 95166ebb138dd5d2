import type { LineEnd } from '../channel/line-state.ts';

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
      microphone: (label: string) => `“${label}” cannot be used now, so the default microphone is.`,
      loudspeaker: (label: string) => `“${label}” cannot be used now, so the default loudspeaker is.`,
      camera: (label: string) => `“${label}” cannot be used now, so the default camera is.`,
    },
  },

  firstClick: {
    title: 'Talk with this page open',
    sentence:
      'Talkthrough listens here, because VS Code does not let extensions use the microphone. Sound stays on this computer until it goes to Google.',
    use: 'Use microphone',
    typeOnly: 'Type only',
  },

  connecting: 'Connecting to VS Code…',
  lost: 'The line to VS Code is lost. Nothing is captured; the page keeps trying to reach it.',

  ends: {
    'not-admitted': {
      title: 'Open the page again from VS Code',
      sentence: 'This address has been used or is too old. Start a session in VS Code, or press Open Page there.',
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
      sentence: 'It may be closed, or the computer it runs on asleep. Nothing is captured.',
      button: 'Try again',
    },
    refused: {
      title: 'VS Code refused what this page sent',
      sentence: 'Nothing is captured. Opening the page again from VS Code may help.',
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
