import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, it } from 'mocha';
import { Gate } from '../../src/gate/gate.ts';
import type { ConsentAction } from '../../src/gate/consent.ts';
import { ConsentingPerson } from './consenting-person.ts';
import { KeptInMemory } from './kept-in-memory.ts';

const COMMAND: ConsentAction = { kind: 'run', title: 'Run this?', detail: 'echo hello', button: 'Run' };
const TASK: ConsentAction = {
  ...COMMAND,
  title: 'Run the task "build"?',
  always: { key: 'task build', label: 'Always Run This Task' },
};
const forever = new AbortController().signal;

describe('what the person is asked', () => {
  const memory = new KeptInMemory();
  let person: ConsentingPerson;
  let gate: Gate;
  let workspace: { isTrusted: boolean };

  beforeEach(() => {
    workspace = { isTrusted: true };
    person = new ConsentingPerson();
    gate = new Gate({ memory, workspace });
  });
  afterEach(() => {
    person.dispose();
    gate.dispose();
  });

  it('is exactly what will happen, with nothing hidden in it, and only their button lets it happen', async () => {
    assert.equal(await gate.confirm({ ...COMMAND, detail: 'echo a\u202eb\n' }, forever), 'no');
    assert.deepEqual(person.asked, [{ title: 'Run this?', detail: 'echo a\\u{202e}b\n', buttons: ['Run'] }]);
    person.agree();
    assert.equal(await gate.confirm(COMMAND, forever), 'yes');
  });

  it('is nothing in a workspace that is not trusted, not even for what may always run', async () => {
    person.agree('Always Run This Task');
    assert.equal(await gate.confirm(TASK, forever), 'yes');
    workspace.isTrusted = false;
    assert.equal(await gate.confirm(TASK, forever), 'refused');
    assert.equal(await gate.confirm(COMMAND, forever), 'refused');
    assert.equal(person.asked.length, 1);
  });

  it('is not asked again for a task that may always run, in this window and the next', async () => {
    assert.equal(await gate.confirm(TASK, forever), 'yes');
    assert.equal(person.asked.length, 0);
    assert.equal(await gate.confirm({ ...TASK, always: { key: 'task test', label: 'Always' } }, forever), 'no');
    assert.equal(await gate.confirm(COMMAND, forever), 'no');
    assert.equal(person.asked.length, 2);
  });

  it('can never be allowed for good where something is changed', async () => {
    person.agree('Always');
    const change: ConsentAction = { ...TASK, kind: 'change', always: { key: 'task build', label: 'Always' } };
    assert.equal(await gate.confirm(change, forever), 'no');
    assert.deepEqual(person.asked[0]?.buttons, ['Run']);
  });

  it('does nothing when they agree after nobody waits for it any more, and says so', async () => {
    for (const [action, sentence] of [
      [COMMAND, 'Nothing was run: Gemini no longer waited for your answer.'],
      [{ ...COMMAND, kind: 'change' }, 'Nothing was changed: Gemini no longer waited for your answer.'],
    ] as const) {
      const pressed = await pressedTooLate(action, 'Run');
      assert.deepEqual(pressed, [sentence]);
    }
  });

  it('says nothing more when they close a question that nobody waits for', async () => {
    assert.deepEqual(await pressedTooLate(COMMAND, undefined), []);
  });

  /** What the person reads then. */
  async function pressedTooLate(action: ConsentAction, button: string | undefined): Promise<readonly string[]> {
    const stopping = new AbortController();
    let press: (pressed: string | undefined) => void = () => undefined;
    person.answer = () => new Promise((resolve) => (press = resolve));
    const times = person.asked.length + 1;
    const asked = gate.confirm(action, stopping.signal);
    await person.isAsked(times);
    stopping.abort();
    assert.equal(await asked, 'no');
    press(button);
    assert.equal(await gate.confirm(action, stopping.signal), 'no');
    assert.equal(person.asked.length, times);
    // The next question comes only after that one is over.
    person.answer = () => undefined;
    assert.equal(await gate.confirm(COMMAND, forever), 'no');
    return person.read.splice(0);
  }

  it('is asked one thing at a time', async () => {
    const presses: ((button: string) => void)[] = [];
    person.answer = () => new Promise((resolve) => presses.push(resolve));
    const first = gate.confirm(COMMAND, forever);
    const second = gate.confirm({ ...COMMAND, detail: 'echo again' }, forever);
    await person.isAsked();
    assert.equal(person.asked.length, 1);
    presses[0]?.('Run');
    assert.equal(await first, 'yes');
    assert.equal((await person.isAsked(2)).detail, 'echo again');
    presses[1]?.('Run');
    assert.equal(await second, 'yes');
  });
});
