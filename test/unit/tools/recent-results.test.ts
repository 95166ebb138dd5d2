import assert from 'node:assert/strict';
import { RecentResults } from '../../../src/tools/recent-results.ts';
import type { Tool, ToolKind, ToolResult } from '../../../src/tools/tool.ts';

const OK: ToolResult = { response: { status: 'ok' } };

describe('a call that comes again', () => {
  let nowMs: number;
  let runs: number;
  let recent: RecentResults;

  beforeEach(() => {
    nowMs = 0;
    runs = 0;
    recent = new RecentResults(() => nowMs);
  });

  const toolOf = (kind: ToolKind, fleeting = false): Tool => ({
    name: `a_${kind}`,
    description: '',
    kind,
    timeLimitMs: 1,
    parameters: {},
    fleeting,
    prepare: () => ({ complaint: '' }),
  });
  const call = (kind: ToolKind, result: ToolResult | Promise<ToolResult> = OK, args: unknown = {}, fleeting = false) =>
    recent.getOrRun(toolOf(kind, fleeting), args, new AbortController().signal, () => {
      runs += 1;
      return Promise.resolve(result);
    });

  it('while it runs is joined, whatever the person says meanwhile', async () => {
    let finish: (result: ToolResult) => void = () => undefined;
    const slow = new Promise<ToolResult>((resolve) => (finish = resolve));
    const first = call('run', slow);
    recent.turnBegins();
    recent.personDecided();
    const second = call('run');
    finish(OK);
    assert.equal(await first, await second);
    assert.equal(runs, 1);
  });

  it('within seconds is no second change or run; later it is meant', async () => {
    for (const kind of ['change', 'run'] as const) {
      runs = 0;
      await call(kind);
      nowMs += 5_000;
      await call(kind);
      assert.equal(runs, 1, kind);
      nowMs += 10_000;
      await call(kind);
      assert.equal(runs, 2, kind);
    }
  });

  it('after the person spoke is another run, but no second change', async () => {
    await call('run');
    await call('change');
    recent.turnBegins();
    await call('change');
    assert.equal(runs, 2);
    await call('run');
    assert.equal(runs, 3);
  });

  it('of two that wait goes on when one is cancelled, stops when both are, and is then done anew', async () => {
    const [first, second] = [new AbortController(), new AbortController()];
    const stopped: string[] = [];
    /** Runs until it is told to stop. */
    const wait = (name: string, gone: AbortSignal) =>
      recent.getOrRun(toolOf('run'), {}, gone, (allGone) => {
        runs += 1;
        return new Promise((resolve) => {
          allGone.addEventListener('abort', () => {
            stopped.push(name);
            resolve({ response: { status: 'cancelled', message: '', retry: false } });
          });
        });
      });
    const result = wait('first', first.signal);
    assert.equal(wait('second', second.signal), result);
    first.abort();
    assert.deepEqual(stopped, []);
    second.abort();
    assert.deepEqual(stopped, ['first']);
    void wait('third', new AbortController().signal);
    assert.equal(runs, 2, 'it does not join what is being given up');
    assert.equal((await result).response.status, 'cancelled');
    void wait('fourth', new AbortController().signal);
    assert.equal(runs, 2, 'it joins the one that was begun anew');
  });

  it('after the person accepted or discarded is done anew: the tests after the change are other tests', async () => {
    await call('run');
    recent.personDecided();
    await call('run');
    assert.equal(runs, 2);
  });

  it('reads once within a turn, until something changes or the person says more', async () => {
    await call('read');
    await call('read');
    assert.equal(runs, 1);
    recent.somethingChanged();
    await call('read');
    assert.equal(runs, 2);
    recent.turnBegins();
    await call('read');
    assert.equal(runs, 3);
    await call('change');
    await call('read');
    assert.equal(runs, 5);
  });

  it('is done anew where it failed, where it only shows, and where it tells how things stand now', async () => {
    await call('read', { response: { status: 'error', message: '', retry: true } });
    await call('read');
    assert.equal(runs, 2);
    await call('show');
    await call('show');
    assert.equal(runs, 4);
    await call('read', OK, { of: 'now' }, true);
    await call('read', OK, { of: 'now' }, true);
    assert.equal(runs, 6);
  });

  it('with other arguments is another call', async () => {
    await call('read', OK, { path: 'a' });
    await call('read', OK, { path: 'b' });
    assert.equal(runs, 2);
  });
});
