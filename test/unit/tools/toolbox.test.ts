import assert from 'node:assert/strict';
import * as z from 'zod';
import { SessionEmitter } from '../../../src/live/session-events.ts';
import type { ToolAnswer } from '../../../src/live/tool-call.ts';
import type { ToolEntry } from '../../../src/protocol/conversation.ts';
import { tellingGate } from '../../../src/tools/telling-gate.ts';
import { commandResult } from '../../../src/tools/run/command-result.ts';
import { failed, tool, type ToolResult } from '../../../src/tools/tool.ts';
import { Toolbox } from '../../../src/tools/toolbox.ts';

const LOG = { debug: () => undefined, info: () => undefined, warn: () => undefined, error: () => undefined };

/** A toolbox with one tool that asks first, whose person and command do what a test says. */
class AskingRig {
  readonly shown: ToolEntry[] = [];
  /** The person's answer. */
  answer: (answer: 'yes' | 'no') => void = () => undefined;
  /** How the command went. */
  end: (result: ToolResult) => void = () => undefined;
  fail: (cause: Error) => void = () => undefined;
  readonly #session = new SessionEmitter(LOG);
  #ids = 0;

  constructor(timeLimitMs = 3_600_000) {
    const gate = {
      mask: String,
      confirm: () => new Promise<'yes' | 'no'>((resolve) => (this.answer = resolve)),
    };
    const run = tool({
      name: 'run',
      kind: 'run',
      description: '',
      timeLimitMs,
      schema: z.object({}),
      line: () => ({ text: 'Ran npm test', asking: 'Asks to run npm test' }),
      run: async (_, context) => {
        const ended = new Promise<ToolResult>((resolve, reject) => {
          this.end = resolve;
          this.fail = reject;
        });
        const action = { kind: 'run', title: '', detail: '', button: '' } as const;
        const answer = await tellingGate(gate, context, 'Runs npm test').confirm(action, context.signal);
        return answer === 'yes' ? ended : failed('The person did not allow it.');
      },
    });
    const toolbox = new Toolbox({
      sources: [{ tools: [run] }],
      log: LOG,
      conversation: { put: (entry) => entry.kind === 'tool' && this.shown.push(entry) },
    });
    toolbox.declare();
    toolbox.serve(this.#session);
  }

  /** The model calls the tool; resolves with its answer. */
  call(signal = new AbortController().signal): Promise<ToolAnswer> {
    return new Promise((answer) => {
      this.#session.emit('toolCall', { id: `c${(this.#ids += 1)}`, name: 'run', args: {}, signal, answer });
    });
  }

  /** Resolves when the line has said that; the suite's time-out bounds it. */
  async says(text: string): Promise<void> {
    while (!this.shown.some((entry) => entry.text === text)) await new Promise(setImmediate);
  }

  /** What the line has said, in order. */
  get said(): readonly string[] {
    return this.shown.map(({ text, status }) => `${text} (${status})`);
  }
}

describe('the line of a call that asks first', () => {
  const RAN: ToolResult = { response: { status: 'ok' } };

  it('says that it asks, then that it runs, then that it ran', async () => {
    const rig = new AskingRig();
    const answered = rig.call();
    rig.answer('yes');
    await rig.says('Runs npm test');
    rig.end(RAN);
    await answered;
    assert.deepEqual(rig.said, ['Asks to run npm test (running)', 'Runs npm test (running)', 'Ran npm test (done)']);
    assert.equal(new Set(rig.shown.map(({ id }) => id)).size, 1, 'one line');
  });

  it('stays a question where the person says no', async () => {
    const rig = new AskingRig();
    const answered = rig.call();
    rig.answer('no');
    await answered;
    assert.deepEqual(rig.said, ['Asks to run npm test (running)', 'Asks to run npm test (failed)']);
  });

  it('says what went wrong with what was allowed', async () => {
    const after = async (happens: (rig: AskingRig, stopping: AbortController) => void, timeLimitMs?: number) => {
      const rig = new AskingRig(timeLimitMs);
      const stopping = new AbortController();
      const answered = rig.call(stopping.signal);
      rig.answer('yes');
      await rig.says('Runs npm test');
      happens(rig, stopping);
      await answered;
      return rig.said.at(-1);
    };
    const outcome = (kind: 'unseen' | 'crowded') =>
      commandResult(kind === 'unseen' ? { kind } : { kind, unseen: false }, 'npm test', 30, String);
    assert.equal(await after((rig) => rig.fail(new Error('fault'))), 'Runs npm test: it failed (failed)');
    assert.equal(
      await after((_, stopping) => stopping.abort()),
      'Runs npm test: its result is not waited for any more (failed)',
    );
    assert.equal(await after(() => undefined, 50), 'Runs npm test: it took too long (failed)');
    assert.equal(
      await after((rig) => rig.end(outcome('crowded'))),
      'Did not run npm test: all terminals of Talkthrough are taken, close one first (failed)',
    );
    assert.equal(
      await after((rig) => rig.end(outcome('unseen'))),
      'Typed npm test into the terminal: only there can be seen how it went (done)',
    );
  });
});

describe('a call that is issued again', () => {
  it('is answered with the result when the first one is cancelled after it', async () => {
    const rig = new AskingRig();
    const first = new AbortController();
    void rig.call(first.signal);
    const second = rig.call();
    first.abort();
    rig.answer('yes');
    await rig.says('Runs npm test');
    rig.end({ response: { status: 'ok', exitCode: 0 } });
    assert.deepEqual((await second).response, { status: 'ok', exitCode: 0 });
  });
});
