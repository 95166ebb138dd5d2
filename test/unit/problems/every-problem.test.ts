import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { ASK_PROBLEMS } from '../../../src/problems/ask-problems.ts';
import { COMMAND_PROBLEMS } from '../../../src/problems/command-problems.ts';
import { LATE_ANSWERS, PROPOSAL_PROBLEMS } from '../../../src/problems/decision-problems.ts';
import { PAGE_PROBLEMS } from '../../../src/problems/page-problems.ts';
import { PICTURE_PROBLEMS } from '../../../src/problems/picture-problems.ts';
import { SESSION_NOTICES } from '../../../src/problems/session-notices.ts';
import {
  noCredentialsProblem,
  reconnectingProblem,
  resumingSentence,
  SESSION_PROBLEMS,
} from '../../../src/problems/session-problems.ts';
import { SHARE_PROBLEMS, shareProblem } from '../../../src/problems/share-problems.ts';
import {
  hardwareMutedProblem,
  MICROPHONE_PROBLEMS,
  nothingHeardSentence,
  speakerProblem,
} from '../../../src/problems/sound-problems.ts';

interface Read {
  readonly sentence: string;
  readonly buttons?: readonly { readonly label: string }[];
  readonly brief?: string;
}

/** Everything a sentence may be made of; no table reads what it does not know. */
const FACTS = {
  code: 'refused',
  detail: 'Something went wrong',
  host: 'Google',
  model: 'Gemini 9 Live',
  voice: 'Hal',
  asked: 'high',
  used: 'low',
  format: 'BMP',
  sizeBytes: 40 * 1024 * 1024,
  path: 'src/.env',
  name: 'big.log',
  paths: 'README.md, src/cart.ts',
  reason: 'The disk is full',
} as const;

type Wording = (...given: readonly never[]) => Read | string;

/** Tables of different arguments, all called with everything there is. */
function read(table: Readonly<Record<string, Wording>>, group: string, ...given: readonly unknown[]): [string, Read][] {
  return Object.entries(table).map(([code, wording]) => {
    const said = wording(...(given as readonly never[]));
    return [`${group} ${code}`, typeof said === 'string' ? { sentence: said } : said];
  });
}

const PROBLEMS = new Map<string, Read>([
  ...read(SESSION_PROBLEMS, 'session', FACTS),
  ...read(PAGE_PROBLEMS, 'page'),
  ...read(MICROPHONE_PROBLEMS, 'microphone'),
  ...read(SHARE_PROBLEMS.screen, 'screen'),
  ...read(SHARE_PROBLEMS.camera, 'camera'),
  ...read(PICTURE_PROBLEMS, 'picture', 'shelf.png', FACTS),
  ['session key-missing', noCredentialsProblem()],
  ['session reconnecting', reconnectingProblem(FACTS)],
  ['microphone hardware-muted', hardwareMutedProblem()],
  ['speaker failed', speakerProblem()],
  ...(['screen', 'camera'] as const).flatMap((source) =>
    (['panel', 'page'] as const).map((surface): [string, Read] => {
      const waiting = shareProblem(source, { kind: 'waiting' }, surface);
      assert.ok(waiting !== undefined);
      return [`${source} waiting in the ${surface}`, waiting];
    }),
  ),
]);

const SENTENCES = new Map<string, Read>([
  ...PROBLEMS,
  ...read(SESSION_NOTICES, 'notice', FACTS),
  ...read(ASK_PROBLEMS, 'ask', FACTS),
  ...read(COMMAND_PROBLEMS, 'command', FACTS),
  ...read(PROPOSAL_PROBLEMS, 'proposal', FACTS),
  ...read(LATE_ANSWERS, 'late answer'),
  ['status resuming', { sentence: resumingSentence() }],
  ['status nothing-heard', { sentence: nothingHeardSentence() }],
]);

/** Where nothing that Talkthrough could do would put it right, or the sentence itself says what to do. */
const WITHOUT_BUTTON: ReadonlySet<string> = new Set([
  'microphone blocked-by-policy',
  'microphone hardware-muted',
  'session reconnecting',
  'picture no-session',
  'screen waiting in the panel',
  'screen waiting in the page',
  'camera waiting in the panel',
  'camera waiting in the page',
]);

/** Words of the code, which mean nothing to a person. */
const INTERNAL =
  /\b(surface|hub|uplink|desk|epoch|handle|worklet|socket|webview|payload|setup|mime|pcm16?|null|undefined|sdk|json|websocket|host process|extension host|line)\b/i;

describe('every problem', () => {
  for (const [name, { sentence, brief }] of SENTENCES) {
    it(`${name} is said in whole sentences, in words that a person knows`, () => {
      assert.match(sentence, /^[A-Z“].*[^.]\.$/, sentence);
      assert.doesNotMatch(sentence, INTERNAL);
      assert.doesNotMatch(sentence, /[{}]|; /, 'a name was not filled in, or two sentences are strung together');
      assert.ok(sentence.length <= 220, `${sentence.length} characters`);
      if (brief !== undefined) assert.ok(brief.length <= 40, brief);
    });
  }

  for (const [name, { buttons = [] }] of PROBLEMS) {
    it(`${name} ${WITHOUT_BUTTON.has(name) ? 'is nothing that a button could put right' : 'has a button that helps'}`, () => {
      assert.equal(buttons.length === 0, WITHOUT_BUTTON.has(name));
      for (const { label } of buttons) assert.match(label, /^[A-Z]/);
      assert.equal(new Set(buttons.map(({ label }) => label)).size, buttons.length, 'no label twice');
    });
  }
});
