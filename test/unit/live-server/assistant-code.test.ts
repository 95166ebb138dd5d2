import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, it } from 'mocha';
import { startAssistantServer } from '../../live-server/assistant/assistant-server.ts';
import { understand } from '../../live-server/assistant/questions.ts';
import { speak, timeline, type LiveServer } from '../../live-server/index.ts';
import type { JsonObject } from '../../live-server/wire/json-value.ts';
import { connectSession, type WireClient } from './wire-client.ts';

const STATE: JsonObject = {
  status: 'ok',
  file: 'The person\'s workspace is "corner-shop". The active editor shows src/cart.ts (typescript, 7 lines): "this file" means it.',
  selection:
    'Nothing is selected. The cursor is in line 5 of src/cart.ts at "total":\n5| export function total(lines) {',
  tabs: 'Other open tabs: src/checkout.ts.',
};
const CART = [
  '/** All. */',
  'const FREE = 5;',
  '',
  '/** What is paid. */',
  'export function total(lines) {',
  '  return sum(lines) + FREE;',
  '}',
];
const CHECKOUT = ["import { total } from './cart.ts';", '', 'const subtotal = 1;', 'pay(total(lines));'];
const numbered = (lines: readonly string[]): string => lines.map((line, at) => `${at + 1}\t${line}`).join('\n');

/** What an extension would answer about two small files, in its own words and form. */
const TOOLS: Readonly<Record<string, (args: JsonObject) => JsonObject>> = {
  editor_state: () => STATE,
  document_outline: () => ({
    status: 'ok',
    path: 'src/cart.ts',
    lines: 7,
    outline: '2 constant FREE\n5-7 function total',
  }),
  hover: () => ({ status: 'ok', about: '```typescript\nfunction total(lines: Line[]): number\n```\nWhat is *paid*.' }),
  find_symbol: ({ query }) =>
    query === 'total'
      ? { status: 'ok', total: 2, symbols: 'src/checkout.ts 3 constant subtotal\nsrc/cart.ts 5 function total' }
      : { status: 'error', message: `No language server knows ${JSON.stringify(query)}.`, retry: false },
  find_references: ({ continueFrom }) =>
    continueFrom === undefined
      ? {
          status: 'ok',
          total: 3,
          inFiles: 2,
          files: [{ path: 'src/cart.ts', lines: '5| export function total(lines) {' }],
          continueFrom: 1,
        }
      : {
          status: 'ok',
          total: 3,
          inFiles: 2,
          files: [{ path: 'src/checkout.ts', lines: "1| import { total } from './cart.ts';\n4| pay(total(lines));" }],
        },
  read_file: ({ path }) => ({
    status: 'ok',
    path: path ?? '',
    text: numbered(path === 'src/cart.ts' ? CART : CHECKOUT),
  }),
  reveal: () => ({ status: 'ok' }),
  propose_edit: () => ({ status: 'ok', proposal: 'shown to the person' }),
};

describe('the modest assistant is asked about code', () => {
  let server: LiveServer;
  /** Calls that were made, in order. */
  let called: { name: string; args: JsonObject }[];

  beforeEach(async () => {
    called = [];
    server = await startAssistantServer({ delivery: { timesRealTime: 100, turnComplete: 'early' } });
  });
  afterEach(() => server.close());

  async function connect(tools: typeof TOOLS = TOOLS): Promise<WireClient> {
    const functionDeclarations = Object.keys(tools).map((name) => ({ name }));
    const client = await connectSession(server, { tools: [{ functionDeclarations }], inputAudioTranscription: {} });
    void answerCalls(client, tools);
    return client;
  }

  async function answerCalls(client: WireClient, tools: typeof TOOLS): Promise<void> {
    for (;;) {
      const { toolCall } = await client
        .next('toolCall', (message) => message.toolCall !== undefined)
        .catch(() => ({ toolCall: undefined }));
      if (toolCall === undefined) return;
      for (const { id, name, args } of toolCall.functionCalls) {
        called.push({ name, args });
        client.send({ toolResponse: { functionResponses: [{ id, name, response: tools[name]?.(args) ?? {} }] } });
      }
    }
  }

  async function answerTo(client: WireClient, text: string): Promise<string> {
    client.send({ realtimeInput: { text } });
    const { reply } = await server.next('reply-finished');
    // Whether a reply counts as heard by now is a matter of milliseconds here.
    return reply.text.replace(/^I stopped when you spoke\. /, '');
  }

  it('"What is open?": the file, the place in it, the other tabs', async () => {
    const said = await answerTo(await connect(), 'What is open?');
    assert.equal(
      said,
      'You have src/cart.ts open, 7 lines of typescript. You are in line 5, at total. Other open tabs: src/checkout.ts.',
    );
    assert.deepEqual(called, [{ name: 'editor_state', args: {} }]);
  });

  it('"What does this do?": what stands at the cursor, what is written about it, what it calls', async () => {
    const said = await answerTo(await connect(), 'What does this function do?');
    assert.match(
      said,
      /^total is a function in src\/cart\.ts, lines 5 to 7\. It says of itself: What is paid\. It calls sum\.$/,
    );
    assert.deepEqual(
      called.map(({ name }) => name),
      ['editor_state', 'document_outline', 'hover', 'read_file'],
    );
  });

  it('"Where is total used?": by its declaration, all pages, and shown', async () => {
    const said = await answerTo(await connect(), 'Where is total used?');
    assert.equal(
      said,
      'total stands in 3 lines of 2 files, its declaration included: src/cart.ts line 5; src/checkout.ts lines 1 and 4. I show you src/checkout.ts.',
    );
    assert.deepEqual(called.at(-1), { name: 'reveal', args: { path: 'src/checkout.ts', line: 4 } });
  });

  it('"Rename it to sum": what was spoken of last, in all its lines and nowhere else', async () => {
    const client = await connect();
    await answerTo(client, 'Where is total used?');
    const said = await answerTo(client, 'Rename it to sumOfAll');
    assert.match(said, /^I propose to rename total to sumOfAll, in 3 lines of 2 files\..*nothing is written before\.$/);
    const proposed = called.find(({ name }) => name === 'propose_edit')?.args;
    assert.deepEqual(proposed?.['files'], [
      {
        path: 'src/cart.ts',
        edits: [{ find: 'export function total(lines) {', replace: 'export function sumOfAll(lines) {' }],
      },
      {
        path: 'src/checkout.ts',
        edits: [
          { find: "import { total } from './cart.ts';", replace: "import { sumOfAll } from './cart.ts';" },
          { find: 'pay(total(lines));', replace: 'pay(sumOfAll(lines));' },
        ],
      },
    ]);
  });

  it('says what a tool could not do, and that a tool was not given', async () => {
    assert.equal(await answerTo(await connect(), 'Where is pear used?'), 'No language server knows "pear".');
    const without = await connect({});
    assert.match(await answerTo(without, 'What does this do?'), /nobody gave me the tool editor_state/);
  });

  it('hears the question behind the notes that stand before it', async () => {
    const client = await connect();
    const notes =
      '[Talkthrough note, not from the person: 5| const count = all[0] + 3;] [Talkthrough note, not from the person: so]';
    assert.match(await answerTo(client, `${notes} What is open?`), /^You have src\/cart\.ts open/);
  });

  it('drops what it was finding out when the person goes on', async () => {
    const client = await connect({ ...TOOLS, editor_state: () => STATE });
    client.send({ realtimeInput: { text: 'What is open?' } });
    client.send({ realtimeInput: { text: 'Count to 2' } });
    const { reply } = await server.next('reply-finished');
    assert.equal(reply.text, '1, 2. Done.');
    assert.match(await answerTo(client, 'Is anything wrong here?'), /^I see no problems/);
    assert.equal(server.records[0]?.replies.length, 2);
  });

  it('spoken to, it says that it makes out no words, and what is open', async () => {
    const client = await connect();
    const { pcm16 } = await speak('What does this function do?', { rateHz: 16_000 });
    client.speak(timeline([300, pcm16, 900], 16_000));
    const { reply } = await server.next('reply-finished');
    assert.match(reply.text, /^I heard .* You have src\/cart\.ts open, .* I cannot make out words in speech/);
  });

  for (const [text, kind] of [
    ['what file is open', 'open'],
    ['Explain goodsCents', 'explain'],
    ['What does this file do?', 'explain-file'],
    ['Explain this problem, and how to fix it.', 'problems'],
    ['who calls this?', 'uses'],
    ['rename this to pear', 'rename'],
    ['Where is Payment?', 'point'],
    ['What does it say?', 'read'],
    ['What do you see?', 'see'],
    ['Look closer at the top left.', 'look-closer'],
  ] as const) {
    it(`takes "${text}" for ${kind}`, () => assert.equal(understand(text).kind, kind));
  }
});
