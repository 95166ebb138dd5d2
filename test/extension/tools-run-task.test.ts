import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, it } from 'mocha';
import * as vscode from 'vscode';
import { textIn } from './response-text.ts';
import { RunRig } from './run-rig.ts';
import { inProject } from './sample-project.ts';

describe('running a task', () => {
  let rig: RunRig;

  beforeEach(async () => {
    rig = await RunRig.open();
    rig.person.agree();
  });
  afterEach(() => rig.close());

  it('asks with what it will do, and tells exit code and output', async () => {
    const response = await rig.call('run_task', { name: 'say hello' });
    assert.deepEqual(response, { status: 'ok', task: 'say hello', exitCode: 0, output: 'hello from a task' });
    const [question] = rig.person.asked;
    assert.equal(question?.title, 'Run the task “say hello”?');
    assert.match(question.detail, /^echo hello from a task\nin /);
    assert.deepEqual(question.buttons, ['Run', 'Always Allow This Task']);
  });

  it('tells the exit code of one that fails', async () => {
    const response = await rig.call('run_task', { name: 'Fail on purpose' });
    assert.ok(response.status === 'ok');
    assert.equal(response['exitCode'], 3);
  });

  it('runs nothing when the person says no, or may not be asked', async () => {
    rig.person.answer = () => undefined;
    assert.match(textIn(await rig.call('run_task', { name: 'say hello' }), 'message'), /did not allow it/);
    rig.person.agree();
    rig.isTrusted = false;
    assert.match(textIn(await rig.call('run_task', { name: 'say hello' }), 'message'), /not trusted/);
    assert.deepEqual(rig.opened, []);
  });

  it('is not asked again when it is always allowed, until it does something else', async () => {
    const manifest = inProject('package.json');
    const before = await vscode.workspace.fs.readFile(manifest);
    rig.person.agree('Always Allow This Task');
    await rig.call('run_task', { name: 'npm: hello' });
    assert.match(rig.person.asked[0]?.detail ?? '', /^npm run hello\nhello: node -e "console\.log/);
    rig.person.answer = () => undefined;
    const again = await rig.call('run_task', { name: 'npm: hello' });
    assert.match(textIn(again, 'output'), /hello from a task/);
    assert.equal(rig.person.asked.length, 1);
    try {
      const changed = new TextDecoder().decode(before).replace('hello from a task', 'something else');
      await vscode.workspace.fs.writeFile(manifest, new TextEncoder().encode(changed));
      assert.match(textIn(await rig.call('run_task', { name: 'npm: hello' }), 'message'), /did not allow it/);
      assert.match(rig.person.asked[1]?.detail ?? '', /something else/);
    } finally {
      await vscode.workspace.fs.writeFile(manifest, before);
    }
  });

  it('names those there are when there is none of that name', async () => {
    const response = await rig.call('run_task', { name: 'launch the rocket' });
    assert.match(textIn(response, 'message'), /There are: .*say hello/);
    assert.deepEqual(rig.person.asked, []);
  });

  it('runs the tests of the workspace', async () => {
    const response = await rig.call('run_tests');
    assert.match(rig.person.asked[0]?.detail ?? '', /test: node --test test\//);
    assert.match(textIn(response, 'output'), /two and two are four/);
    assert.ok(response.status === 'ok');
    assert.equal(response['exitCode'], 0);
  });
});
