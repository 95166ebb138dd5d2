import type { Entry } from '../../../src/protocol/conversation.ts';
import type { ConversationMessage, SessionMessage, ToSurface } from '../../../src/protocol/messages.ts';
import type { MicrophoneState, SessionView } from '../../../src/protocol/session-view.ts';

/** 14 May 2026, 09:41 UTC: any fixed moment will do. */
export const NOON_MS = Date.UTC(2026, 4, 14, 9, 41);

export const MICROPHONE_ON = {
  kind: 'on',
  label: 'Built-in Audio Analog Stereo',
  deviceId: 'default',
  sampleRateHz: 48_000,
  hardwareMuted: false,
} as const satisfies MicrophoneState;

const IDLE: SessionView = {
  phase: 'idle',
  model: 'gemini-3.8-live',
  service: 'Gemini API',
  microphone: { kind: 'off' },
  speaker: { muted: false, locked: false },
  problems: [],
  canSaveReply: false,
};

export function session(change: Partial<SessionView> = {}): SessionMessage {
  return { type: 'session', session: { ...IDLE, ...change } };
}

/** A session that runs, the microphone on. */
export function live(change: Partial<SessionView> = {}): SessionMessage {
  return session({ phase: 'listening', startedAtMs: Date.now() - 134_000, microphone: MICROPHONE_ON, ...change });
}

export function conversation(...entries: readonly Entry[]): ConversationMessage {
  return { type: 'conversation', reset: false, entries };
}

export function person(id: string, text: string, change: Partial<Extract<Entry, { kind: 'person' }>> = {}): Entry {
  return { kind: 'person', id, atMs: NOON_MS, via: 'voice', text, status: 'done', ...change };
}

export function reply(id: string, text: string, change: Partial<Extract<Entry, { kind: 'reply' }>> = {}): Entry {
  return { kind: 'reply', id, atMs: NOON_MS, text, heardLength: text.length, status: 'done', ...change };
}

export function notice(id: string, text: string): Entry {
  return { kind: 'notice', id, atMs: NOON_MS, text };
}

export function tool(id: string, text: string, change: Partial<Extract<Entry, { kind: 'tool' }>> = {}): Entry {
  return { kind: 'tool', id, atMs: NOON_MS, text, status: 'done', ...change };
}

export function sources(id: string, change: Partial<Extract<Entry, { kind: 'sources' }>> = {}): Entry {
  return { kind: 'sources', id, atMs: NOON_MS, text: '', links: [], searches: [], ...change };
}

const TALK = conversation(
  person('1', 'What does this reducer do when the cart is empty?'),
  reply(
    '2',
    'It returns the same state object, so nothing re-renders. The branch on line 42 checks the length first; only then does it',
    { status: 'interrupted' },
  ),
  person('3', 'Wait, and where is the total computed?'),
  reply('4', 'In selectTotal, in src/cart/selectors.ts. It sums price times quantity for every line in the cart.'),
  notice('5', 'The connection was lost and the session resumed.'),
  person('6', 'Show me an example with two items, please.', { via: 'text' }),
  reply(
    '7',
    'Say you have two books at twelve euros and one lamp at thirty. The selector walks over both lines: twenty-four for the books, thirty for the lamp, fifty-four in all.',
    { status: 'open', heardLength: 88 },
  ),
);

const TOOLS = conversation(
  person('t1', 'Where is the total computed, and which rounding does the law want?'),
  tool('t2', 'Searched for selectTotal'),
  tool('t3', 'Read src/cart/selectors.ts 10 to 48', {
    opens: { path: 'src/cart/selectors.ts', line: 10, endLine: 48 },
  }),
  tool('t4', 'The file src/cart/money.ts was not found', { status: 'failed' }),
  tool('t5', 'Read src/a-folder-with-a-long-name/and-another-one/rounding-of-amounts-in-euros.ts', {
    status: 'running',
    opens: { path: 'src/a-folder-with-a-long-name/and-another-one/rounding-of-amounts-in-euros.ts' },
  }),
  reply(
    't6',
    'In selectTotal, in src/cart/selectors.ts. The regulation wants each amount rounded to the nearest cent.',
  ),
  sources('t7', {
    links: [
      { title: 'eur-lex.europa.eu', uri: 'https://eur-lex.example/1103-97' },
      {
        title: 'Rounding rules for the conversion of amounts between the euro and the national currency units',
        uri: 'https://rounding.example/',
      },
    ],
    searches: ['euro rounding regulation nearest cent', 'council regulation 1103/97 article 5'],
  }),
  tool('t8', 'Pointed at line 42'),
);

/** What is worth looking at, each as the messages that bring it about. */
export const SCENES: Readonly<Record<string, readonly ToSurface[]>> = {
  welcome: [session()],
  connecting: [session({ phase: 'connecting', microphone: { kind: 'starting' } })],
  listening: [live(), { type: 'level', level: 0.08 }],
  speaking: [live({ phase: 'speaking', canSaveReply: true }), TALK, { type: 'level', level: 0.02 }],
  muted: [
    live({
      microphone: { kind: 'muted', trackHeld: false },
      speaker: { muted: true, locked: false },
      canSaveReply: true,
    }),
    TALK,
  ],
  tools: [live({ phase: 'speaking' }), TOOLS],
  locked: [live({ phase: 'speaking', speaker: { muted: false, locked: true } }), TALK],
  ended: [session({ canSaveReply: true }), TALK],
  problems: [
    live({
      phase: 'reconnecting',
      microphone: { kind: 'failed', reason: 'denied', detail: 'NotAllowedError' },
      microphoneFailure: 'Microphone not allowed',
      problems: [
        {
          code: 'no-network',
          sentence: 'The connection to Google was lost. Talkthrough keeps trying.',
          buttons: [{ action: 'showLog', label: 'Show Log' }],
        },
        {
          code: 'microphone-denied',
          sentence: 'The microphone is not allowed here. Allow it in the browser, then try again.',
          buttons: [
            { action: 'retryMicrophone', label: 'Try Again' },
            { action: 'openSettings', label: 'Open Settings' },
          ],
        },
      ],
    }),
    TALK,
  ],
  'wrong key': [
    session({
      problems: [
        {
          code: 'key-refused',
          sentence: 'Google does not accept this API key.',
          buttons: [
            { action: 'enterKey', label: 'Enter Another Key' },
            { action: 'setUp', label: 'Use Vertex AI' },
          ],
        },
      ],
    }),
  ],
};
