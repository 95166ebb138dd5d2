import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, it } from 'mocha';
import * as vscode from 'vscode';
import type { Json, PeerConnection } from '../unit/live/peer.ts';
import { ChangeRig } from './change-rig.ts';
import { RunRig } from './run-rig.ts';
import { inProject } from './sample-project.ts';
import { TalkRig } from './talk-rig.ts';

const MADE = 'made-by-session.txt';
const MAKE = { command: `echo x > ${MADE}` };

/** Calls that change and run things, as they come from the service in the course of a conversation. */
describe('a session whose model changes and runs things', () => {
  let talk: TalkRig;
  let running: RunRig;
  let changing: ChangeRig;
  let service: PeerConnection;

  beforeEach(async () => {
    talk = await TalkRig.open();
    talk.addPanel();
    changing = await ChangeRig.open();
    changing.proposals.onDidDecide((text) => talk.talk.tellModel('proposal', text));
    running = await RunRig.open();
    running.person.agree();
    talk.tools = [...running.tools, ...changing.tools];
    service = await talk.live();
  });
  afterEach(async () => {
    await talk.close();
    await running.close();
    await changing.close();
  });

  const calls = (...functionCalls: readonly Json[]) => service.say({ toolCall: { functionCalls } });

  /** Ids of all answers up to now, in order. */
  const answered = (): readonly string[] =>
    service.heard.flatMap((message) => {
      const { functionResponses = [] } = (message['toolResponse'] ?? {}) as { functionResponses?: readonly Json[] };
      return functionResponses.map(({ id }) => String(id));
    });

  async function answers(...ids: readonly string[]): Promise<void> {
    while (!ids.every((id) => answered().includes(id))) await service.hears('toolResponse');
  }

  /** Other notes come and go. */
  async function hearsOf(note: RegExp): Promise<void> {
    while (!note.test(JSON.stringify(await service.hears('clientContent'))));
  }

  const isMade = (): Promise<boolean> =>
    Promise.resolve(vscode.workspace.fs.stat(inProject(MADE))).then(
      () => true,
      () => false,
    );

  it('gets one answer for each of ten calls at once, and each does its work once', async () => {
    await changing.write('a.ts', 'const one = 1;\n');
    await changing.write('b.ts', 'const two = 2;\n');
    const edit = (name: string, find: string) => ({
      name: 'propose_edit',
      args: { files: [{ path: changing.path(name), edits: [{ find, replace: 'x' }] }], summary: name },
    });
    const command = (text: string) => ({ name: 'run_in_terminal', args: { command: `echo ${text}` } });
    const all = [
      ...[edit('a.ts', 'one'), edit('b.ts', 'two'), edit('a.ts', 'missing'), edit('a.ts', 'one')],
      ...[command('a'), command('b'), command('c')],
      { name: 'run_task', args: { name: 'say hello' } },
      { name: 'run_task', args: { name: 'no such task' } },
      { name: 'create_file', args: { path: changing.path('new.ts'), content: '' } },
    ].map((call, index) => ({ id: `c${index}`, ...call }));
    calls(...all);
    await answers(...all.map(({ id }) => id));
    calls({ id: 'last', name: 'run_task', args: { name: 'still no such task' } });
    await answers('last');
    assert.deepEqual(answered().toSorted(), [...all.map(({ id }) => id), 'last'].toSorted());
    assert.equal(changing.proposals.waiting.length, 3);
    assert.equal(running.person.asked.length, 4);
  });

  it('hears what the person decided, and of a call that is issued again only once', async () => {
    await changing.write('a.ts', 'const one = 1;\n');
    const args = {
      files: [{ path: changing.path('a.ts'), edits: [{ find: '1', replace: '12' }] }],
      summary: 'a dozen',
    };
    calls({ id: 'c1', name: 'propose_edit', args });
    await answers('c1');
    // The model has said what it has to say to that: notes do not interrupt it.
    service.say({ serverContent: { turnComplete: true } });
    await changing.accept();
    await hearsOf(/a dozen.*The person accepted it\. It is written and saved/);
    calls({ id: 'c2', name: 'propose_edit', args });
    await answers('c2');
    assert.equal(changing.proposals.waiting.length, 0);
    assert.equal(await changing.onDisk('a.ts'), 'const one = 12;\n');
  });

  it('runs nothing that was still a question when the person stopped it', async () => {
    let press: (button: string) => void = () => undefined;
    running.person.answer = () => new Promise((resolve) => (press = resolve));
    calls({ id: 'c1', name: 'run_in_terminal', args: MAKE });
    await running.person.isAsked();
    await talk.talk.stop();
    press('Run');
    running.person.agree();
    await running.run('true');
    assert.equal(await isMade(), false);
    assert.deepEqual(
      answered().filter((id) => id !== 'c1'),
      [],
    );
  });

  it('runs nothing that was still a question when the service took its call back', async () => {
    let press: (button: string) => void = () => undefined;
    running.person.answer = () => new Promise((resolve) => (press = resolve));
    calls({ id: 'c1', name: 'run_in_terminal', args: MAKE });
    await running.person.isAsked();
    service.say({ toolCallCancellation: { ids: ['c1'] } });
    await answers('c1');
    press('Run');
    running.person.agree();
    await running.run('true');
    assert.equal(await isMade(), false);
    assert.deepEqual(answered(), ['c1']);
  });
});
