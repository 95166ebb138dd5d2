// A person talks about the code they have open: the model looks up what it needs, shows what it means, and changes nothing
// without consent.
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { speak, timeline } from '../live-server/index.ts';
import { CalledTools, done } from './product/called-tools.ts';
import { clickOn, codeLine, diffInFront, highlighted, tabInFront } from './product/code-editor.ts';
import { eventually } from './product/eventually.ts';
import { openFile } from './product/open-file.ts';
import { Talkthrough } from './product/talkthrough.ts';

const RATE_HZ = 48_000;
const QUESTION = 'What does this function do, and where is it used?';
const ANSWER = 'It adds the delivery to the goods, unless they cost more than fifty. The payment line uses it, here.';

const PRICE_LINE = 'return goods > FREE_DELIVERY_FROM_CENTS ? goods : goods + DELIVERY_CENTS;';
const RIGHT_LINE = PRICE_LINE.replace('>', '>=');

describe('journey: code', () => {
  let talk: Talkthrough;
  let tools: CalledTools;
  let original: string;

  const cart = (): Promise<string> => readFile(join(talk.workspace, 'src/cart.ts'), 'utf8');
  const propose = (summary: string, replace: string): Promise<string> =>
    tools
      .call('propose_edit', { summary, files: [{ path: 'src/cart.ts', edits: [{ find: PRICE_LINE, replace }] }] })
      .then(done);
  /** Waits until the model was told something, however it was told. */
  const told = (what: RegExp): Promise<void> =>
    eventually(`the model was told ${String(what)}`, () =>
      talk.server.records.some(({ messages }) => messages.some(({ json }) => what.test(JSON.stringify(json)))),
    );

  before(async () => {
    const question = (await speak(QUESTION, { rateHz: RATE_HZ })).pcm16;
    talk = await Talkthrough.open({
      journey: 'code',
      says: timeline([2_500, question, 2_000], RATE_HZ),
      settings: { 'talkthrough.microphone.processing': false },
      server: {
        delivery: { timesRealTime: 20, turnComplete: 'early' },
        script: {
          connections: [
            {
              steps: [
                {
                  on: 'speech',
                  hear: QUESTION,
                  toolCall: [
                    { id: 'state', name: 'editor_state' },
                    { id: 'code', name: 'read_file', args: { path: 'src/cart.ts', from: 17, to: 23 } },
                  ],
                },
              ],
            },
          ],
        },
      },
    });
    tools = new CalledTools(talk);
    original = await cart();
  });
  after(() => talk.close());

  it('a spoken question about "this function": what is meant is known, looked up and answered', async () => {
    await openFile(talk, 'cart.ts');
    await clickOn(talk, 'totalCents');
    await talk.startWithKey();
    const state = done(await tools.answer('state'));
    assert.match(state, /src\/cart\.ts/);
    assert.match(state, /The cursor is in line 18 of src\/cart\.ts at \\"totalCents\\"/);
    assert.match(done(await tools.answer('code')), /free delivery from 50\.00 on/);
    const place = { path: 'src/cart.ts', line: 19, symbol: 'goodsCents' };
    const uses = tools.begin('find_references', { path: 'src/cart.ts', line: 18, symbol: 'totalCents' });
    const declared = tools.begin('go_to_definition', place);
    assert.match(done(await tools.answer(declared)), /"line":13/);
    assert.match(done(await tools.answer(uses)), /src\/checkout\.ts/);
    await talk.entry('person', /What does this function do/);
  });

  it('the editor goes where the answer speaks of, highlights it softly, and the highlight fades', async () => {
    talk.server.connection.act({ reply: { say: ANSWER } });
    done(await tools.call('reveal', { path: 'src/checkout.ts', line: 4, endLine: 7, note: 'uses the total' }));
    await tabInFront(talk, 'checkout.ts');
    await highlighted(talk, [4, 5, 6, 7]);
    await talk.screenshot('highlighted');
    await talk.entry('reply', /The payment line uses it/);
    await told(/The active editor shows src\/checkout\.ts/);
    await highlighted(talk, []);
  });

  it('a proposed change is a diff; discarded, nothing is written', async () => {
    await propose('Deliver for nothing from 50.00 on', RIGHT_LINE);
    await diffInFront(talk, />=/);
    await talk.screenshot('proposed');
    await talk.window.page
      .getByRole('button', { name: /Discard Proposed Change/ })
      .first()
      .click();
    await talk.window.page.locator('.monaco-diff-editor').waitFor({ state: 'hidden' });
    await told(/The person discarded it/);
    assert.equal(await cart(), original);
  });

  it('accepted by the button, it is written; one undo takes it back', async () => {
    await propose('Free delivery from 50.00 on', RIGHT_LINE);
    await diffInFront(talk, />=/);
    assert.equal(await cart(), original, 'written before it was accepted');
    await talk.window.page
      .getByRole('button', { name: /Accept Proposed Change/ })
      .first()
      .click();
    await eventually('the file is written', async () => (await cart()) === original.replace(PRICE_LINE, RIGHT_LINE));
    await told(/The person accepted it\. It is written and saved/);
    await tabInFront(talk, 'cart.ts');
    await talk.screenshot('accepted');
    await talk.window.page.keyboard.press('Control+Z');
    await codeLine(talk, /goods.>.FREE_DELIVERY/).waitFor();
    await talk.window.page.keyboard.press('Control+S');
    await eventually('it is as it was', async () => (await cart()) === original);
  });

  it('accepted by the keyboard', async () => {
    await propose('Promise kept: free from 50.00 on', RIGHT_LINE);
    await diffInFront(talk, />=/);
    await talk.window.page.keyboard.press('Control+Alt+Enter');
    await eventually('the file is written', async () => (await cart()) !== original);
    await talk.screenshot('accepted-by-keyboard');
  });

  it('every call was answered exactly once', () => {
    for (const { toolCalls } of talk.server.records) {
      assert.deepEqual(toolCalls.faults, []);
      assert.deepEqual(toolCalls.open, []);
    }
  });

  it('broke no content security policy', () => {
    assert.deepEqual(talk.window.complaints.violations(), []);
  });
});
