// A person talks about the code they have open: the model looks up what it needs, shows what it means, and changes nothing
// without consent.
import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { startAssistantServer } from '../live-server/assistant/assistant-server.ts';
import { speak, timeline, type LiveScript } from '../live-server/index.ts';
import { FORBIDDEN_MARKS, INLINE_SECRETS } from '../sample-project/planted-secrets.ts';
import { dialog } from './harness/notifications.ts';
import { quickInput } from './harness/quick-input.ts';
import { statusBarItem } from './harness/status-bar.ts';
import { CalledTools, done } from './product/called-tools.ts';
import { clickOn, codeLine, diffInFront, highlighted, select, tabInFront } from './product/code-editor.ts';
import { eventually } from './product/eventually.ts';
import { openFile } from './product/open-file.ts';
import { plantPrivateCode } from './product/private-code.ts';
import { acceptByKey, decideByButton } from './product/proposal-diff.ts';
import { say } from './product/spoken-turns.ts';
import { Talkthrough } from './product/talkthrough.ts';

const RATE_HZ = 48_000;
const QUESTION = 'What does this function do, and where is it used?';
const ANSWER = 'It adds the delivery to the goods, unless they cost more than fifty. The payment line uses it, here.';

const PRICE_LINE = 'return goods > FREE_DELIVERY_FROM_CENTS ? goods : goods + DELIVERY_CENTS;';
const RIGHT_LINE = PRICE_LINE.replace('>', '>=');

const LONG_ANSWER =
  'The shelf needs two uprights, six boards and twenty-four bolts. Lay the uprights on the floor first, and bolt the lowest board.';

const ENDLESS = 'touch begun.txt; sleep 60';

const FIRST_CONNECTION: LiveScript = {
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
};

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
  const told = async (what: RegExp): Promise<void> => {
    const fits = ({ text }: { text: string }): boolean => what.test(text);
    const label = `a note of ${String(what)}`;
    // By itself, or with what the person types.
    const { server } = talk;
    await Promise.any([server.ever('context', fits, label, 30_000), server.ever('text', fits, label, 30_000)]);
  };

  before(async () => {
    const question = (await speak(QUESTION, { rateHz: RATE_HZ })).pcm16;
    talk = await Talkthrough.open({
      journey: 'code',
      says: timeline([2_500, question, 2_000], RATE_HZ),
      settings: { 'talkthrough.microphone.processing': false },
      prepare: plantPrivateCode,
      // What comes after the first connection is answered by the assistant of `npm start`.
      server: () =>
        startAssistantServer({ delivery: { timesRealTime: 20, turnComplete: 'early' }, script: FIRST_CONNECTION }),
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
    await decideByButton(talk, 'Discard');
    await told(/The person discarded it/);
    assert.equal(await cart(), original);
  });

  it('accepted by the button, it is written; one undo takes it back', async () => {
    await propose('Free delivery from 50.00 on', RIGHT_LINE);
    await diffInFront(talk, />=/);
    assert.equal(await cart(), original, 'written before it was accepted');
    await decideByButton(talk, 'Accept');
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
    await acceptByKey(talk);
    assert.equal(await cart(), original.replace(PRICE_LINE, RIGHT_LINE));
    await talk.screenshot('accepted-by-keyboard');
  });

  it('a line of the conversation opens what it names', async () => {
    await talk.press('Found goodsCents in src/cart.ts 13');
    await tabInFront(talk, 'cart.ts');
    await statusBarItem(talk.window.page, /Ln 15, Col 1/);
  });

  it('Ask About Selection: a question with what is selected', async () => {
    await select(talk, 'formatCents');
    await talk.window.page.keyboard.press('Control+K');
    await talk.window.page.keyboard.press('a');
    await (await quickInput(talk.window.page, /Ask about src\/cart\.ts line 25/)).answer('Who rounds this?');
    await talk.server.ever('text', ({ text }) => text.includes('Who rounds this?'));
    await told(/The person asks about this, line 25 of src\/cart\.ts/);
    await talk.entry('person', /Who rounds this/);
  });

  it('Explain with Talkthrough, from the light bulb of a problem', async () => {
    await openFile(talk, 'payment.ts');
    const { page } = talk.window;
    await page.locator('.editor-group-container.active .squiggly-error').first().waitFor();
    const explain = page.locator('.action-widget .monaco-list-row', { hasText: 'Explain with Talkthrough' });
    // A list that was asked for before the problem was known to all who offer something stays without it.
    await eventually('it is offered', async () => {
      await page.keyboard.press('Escape');
      await clickOn(talk, 'amount');
      await page.keyboard.press('Control+.');
      return explain.waitFor({ timeout: 5_000 }).then(
        () => true,
        () => false,
      );
    });
    await explain.click();
    await talk.server.ever('text', ({ text }) => text.includes('Explain this problem'));
    await told(/Type 'number' is not assignable to type 'string'/);
    await talk.screenshot('problem-asked-about');
  });

  it('after another file is opened the model is told of it, and goes on speaking', async () => {
    talk.server.connection.act({ reply: { say: LONG_ANSWER, delivery: { timesRealTime: 1, turnComplete: 'paced' } } });
    await talk.server.ever('reply-started', ({ reply }) => reply.text === LONG_ANSWER);
    await openFile(talk, 'shelf.md');
    await told(/The active editor shows docs\/shelf\.md/);
    const { reply } = await talk.server.ever(
      'reply-finished',
      (event) => event.reply.text === LONG_ANSWER,
      'all',
      30_000,
    );
    assert.equal(reply.interruptedAtMs, undefined);
  });

  it('a command is read and declined, then another is allowed', async () => {
    const declined = tools.begin('run_in_terminal', { command: 'echo "shop $((6 * 7))" > counted.txt' });
    const first = await dialog(talk.window.page, /Run this command in the terminal/);
    say(`${first.text.replaceAll(/\s+/g, ' ')} [${first.buttons.join('] [')}]`);
    assert.ok(first.text.includes('echo "shop $((6 * 7))" > counted.txt') && first.text.includes(talk.workspace));
    await talk.screenshot('command-asked');
    await first.press('Cancel');
    assert.match(JSON.stringify(await tools.answer(declined)), /did not allow it/);
    await assert.rejects(readFile(join(talk.workspace, 'counted.txt')), /ENOENT/);
    const allowed = tools.begin('run_in_terminal', { command: 'echo "counted $((6 * 7))"' });
    await (await dialog(talk.window.page, /counted/)).press('Run');
    const output = done(await tools.answer(allowed));
    assert.match(output, /"exitCode":0/);
    assert.match(output, /counted 42/);
    await talk.screenshot('command-ran');
  });

  it('what is private reaches nobody, whichever way it is asked for', async () => {
    await openFile(talk, '.env');
    await told(/shows \.env, whose content is private/);
    const mark = FORBIDDEN_MARKS.environment;
    for (const [name, args] of [
      ['editor_state', {}],
      ['read_file', { path: '.env' }],
      ['read_file', { path: 'src/../.ENV' }],
      ['search_text', { query: 'SHOP_KEY' }],
      ['run_in_terminal', { command: 'cat .env' }],
      ['read_file', { path: 'src/payment.ts' }],
    ] as const) {
      const text = JSON.stringify(await tools.call(name, args));
      assert.ok(!text.includes(mark) && !text.includes(INLINE_SECRETS.stripe), name);
    }
    const heard = JSON.stringify(talk.server.records.map(({ setup, messages }) => ({ setup, messages })));
    assert.ok(heard.includes('payment.ts') && !heard.includes(mark) && !heard.includes(INLINE_SECRETS.stripe));
  });

  it('the person stops while a command runs: the session ends, nothing waits any more', async () => {
    tools.begin('run_in_terminal', { command: ENDLESS });
    await (await dialog(talk.window.page, /sleep 60/)).press('Run');
    await eventually('it runs', () => existsSync(join(talk.workspace, 'begun.txt')));
    await talk.press('Stop');
    assert.equal((await talk.server.ever('closed')).by, 'client');
    await talk.state(/Session ended|Not started/);
    await talk.view.locator('.entry.tool[data-status="running"]').first().waitFor({ state: 'detached' });
  });

  it('without a key: the assistant finds uses and proposes to rename, in two files at once', async () => {
    const answered = (answer: RegExp): Promise<unknown> =>
      talk.server.ever('reply-started', ({ reply }) => answer.test(reply.text), String(answer), 30_000);
    await openFile(talk, 'cart.ts');
    await talk.command('Start Live Session');
    await talk.server.ever('setup-complete', ({ connection }) => connection === 1);
    await talk.press('Mute microphone');
    await talk.type('What is open?');
    await talk.entry('reply', /You have src\/cart\.ts open/);
    await talk.type('Where is totalCents used?');
    await answered(/totalCents stands in 6 lines of 3 files/);
    await talk.type('Rename it to customerPays');
    await answered(/I propose to rename totalCents to customerPays, in 6 lines of 3 files\./);
    await talk.screenshot('rename-proposed');
    await acceptByKey(talk);
    await eventually('all three files are written', async () => {
      const texts = await Promise.all(
        ['cart.ts', 'checkout.ts', 'payment.ts'].map((name) => readFile(join(talk.workspace, 'src', name), 'utf8')),
      );
      return texts.every((text) => text.includes('customerPays') && !text.includes('totalCents'));
    });
    await talk.screenshot('renamed');
  });

  it('every call was answered exactly once', () => {
    for (const { toolCalls } of talk.server.records) {
      assert.deepEqual(toolCalls.faults, []);
      // The command that ran on when the person stopped.
      assert.deepEqual(
        toolCalls.open.map(({ args }) => args).filter(({ command }) => command !== ENDLESS),
        [],
      );
    }
  });

  it('broke no content security policy', () => {
    assert.deepEqual(talk.window.complaints.violations(), []);
  });
});
