import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, it } from 'mocha';
import * as vscode from 'vscode';
import { INLINE_SECRETS } from '../sample-project/planted-secrets.ts';
import type { BeginningContext } from '../../src/tools/telling-gate.ts';
import { textIn } from './response-text.ts';
import { RunRig } from './run-rig.ts';
import { inProject, projectFolder } from './sample-project.ts';

const isThere = (path: string): Promise<boolean> =>
  Promise.resolve(vscode.workspace.fs.stat(inProject(path))).then(
    () => true,
    () => false,
  );

describe('running a command in the terminal', () => {
  let rig: RunRig;

  // One for all: a terminal takes half a second to open, and is used again.
  before(async () => {
    rig = await RunRig.open();
  });
  after(() => rig.close());
  beforeEach(() => {
    rig.person.asked.length = 0;
    rig.person.agree();
    rig.isTrusted = true;
  });

  it('asks with the whole command and the folder, never offers "always", and tells output and exit code', async () => {
    const command = `printf '\\033[31mred\\033[0m\\nprog 1\\rprog 2\\n'; pwd; ends() { return 7; }; ends`;
    const response = await rig.run(command);
    const folder = projectFolder().fsPath;
    assert.deepEqual(response, { status: 'ok', exitCode: 7, output: `red\nprog 2\n${folder}` });
    const [question, ...others] = rig.person.asked;
    assert.deepEqual(others, []);
    assert.equal(question?.title, 'Run this command in the terminal?');
    assert.ok(question.detail.startsWith(`${command}\n\nin ${folder}\n`));
    assert.deepEqual(question.buttons, ['Run']);
    assert.equal(rig.opened[0]?.name, 'Talkthrough');
  });

  it('asks every time', async () => {
    await rig.run('true');
    await rig.run('true');
    assert.equal(rig.person.asked.length, 2);
  });

  it('runs nothing when the person says no, or closes the question', async () => {
    rig.person.answer = () => undefined;
    const response = await rig.run('echo x > made-by-command.txt');
    assert.match(textIn(response, 'message'), /did not allow it/);
    assert.equal(await isThere('made-by-command.txt'), false);
  });

  it('asks nobody in a workspace that is not trusted', async () => {
    rig.isTrusted = false;
    assert.match(textIn(await rig.run('echo x > made-by-command.txt'), 'message'), /not trusted/);
    assert.deepEqual(rig.person.asked, []);
    assert.equal(await isThere('made-by-command.txt'), false);
  });

  it('answers when the time is over with what came so far, and runs the next command elsewhere', async () => {
    // A shell that has answered once needs no second to say a word.
    await rig.run('true');
    const response = await rig.run('echo started; sleep 600', 2);
    assert.match(textIn(response, 'stillRunning'), /not ended after 2 s/);
    assert.equal(textIn(response, 'output'), 'started');
    assert.deepEqual(await rig.run('echo next'), { status: 'ok', exitCode: 0, output: 'next' });
    assert.ok(rig.opened.length >= 2);
  });

  it('answers when the command closes its terminal', async () => {
    // With 0: a young shell that fails is started once more by VS Code, without its integration.
    const response = await rig.run('echo bye; exit 0');
    assert.match(textIn(response, 'ended'), /terminal was closed/);
    assert.match(textIn(response, 'output'), /^bye/);
  });

  it('bounds what it returns: beginning and end, and how much is between', async () => {
    const output = textIn(await rig.run('seq 1 100000'), 'output');
    assert.ok(output.length < 12_000);
    assert.match(output, /^1\n2\n[^]*\n… \d+ lines left out …\n[^]*\n99999\n100000$/);
  });

  it('masks the secrets in what a command writes', async () => {
    const output = textIn(await rig.run('cat src/config/connections.ts'), 'output');
    for (const secret of Object.values(INLINE_SECRETS)) assert.equal(output.includes(secret), false);
    assert.match(output, /mapsKey = '‹secret masked›'/);
    assert.match(output, /afterTheKey/);
  });

  it('does not even ask when the command names a private file', async () => {
    for (const command of [
      'cat .env',
      'cd src && cat ../.env',
      'cat "config/.ENV.Production"',
      `cat ${projectFolder().fsPath}/.env`,
      'cat<.git/config',
    ]) {
      assert.match(textIn(await rig.run(command), 'message'), /is private/, command);
    }
    assert.deepEqual(rig.person.asked, []);
    // Words are no files.
    assert.equal((await rig.run('echo .env.example id_rsa')).status, 'ok');
  });

  it('takes one line without control characters', () => {
    const [tool] = rig.tools;
    for (const command of ['echo a\necho b', 'echo a\rrm x', 'echo \u0003 rm x', '']) {
      const prepared = tool?.prepare({ command });
      assert.ok(prepared !== undefined && 'complaint' in prepared, JSON.stringify(command));
    }
  });

  it('shows characters in the question that hide what will run', async () => {
    await rig.run('echo safe \u202e hidden');
    assert.match(rig.person.asked[0]?.detail ?? '', /echo safe \\u\{202e\} hidden/);
  });

  it('runs all of ten that are asked for at once, after one question each', async () => {
    const responses = await Promise.all(Array.from({ length: 10 }, (_, index) => rig.run(`echo number ${index}`)));
    assert.deepEqual(
      responses.map((response) => textIn(response, 'output')),
      Array.from({ length: 10 }, (_, index) => `number ${index}`),
    );
    assert.equal(rig.person.asked.length, 10);
    assert.ok(rig.opened.length <= 4);
  });

  it('runs nothing when it was stopped while the person thought about it', async () => {
    let press: (button: string) => void = () => undefined;
    rig.person.answer = () => new Promise((resolve) => (press = resolve));
    const stopping = new AbortController();
    const answered = rig.call('run_in_terminal', { command: 'echo x > made-by-command.txt' }, stopping.signal);
    await rig.person.isAsked();
    stopping.abort();
    assert.equal((await answered).status, 'error');
    press('Run');
    rig.person.agree();
    // One after the other: when this one is done, the other would be too.
    assert.equal((await rig.run('true')).status, 'ok');
    assert.equal(await isThere('made-by-command.txt'), false);
  });

  it('is answered when it is stopped while it runs', async () => {
    const stopping = new AbortController();
    const began = new Promise<void>((resolve) => {
      const listener = vscode.window.onDidStartTerminalShellExecution(() => {
        listener.dispose();
        resolve();
      });
    });
    const answered = rig.call('run_in_terminal', { command: 'sleep 600' }, stopping.signal);
    await began;
    stopping.abort();
    assert.equal((await answered).status, 'cancelled');
  });
});

describe('the line of what is run', () => {
  it('says what is done from when the person agreed, and when it is not over', async () => {
    const rig = await RunRig.open();
    rig.person.agree();
    const doing: string[] = [];
    const context: BeginningContext = {
      signal: new AbortController().signal,
      callLine: {
        begun: (line) => {
          assert.ok(rig.person.asked.length > doing.length, 'not before the question');
          doing.push(line);
        },
      },
    };
    const calls = {
      run_in_terminal: { command: 'sleep 600', timeoutSeconds: 1 },
      run_task: { name: 'say hello' },
      run_tests: {},
    };
    const lines: (string | undefined)[] = [];
    for (const [name, args] of Object.entries(calls)) {
      const prepared = rig.tools.find((tool) => tool.name === name)?.prepare(args);
      assert.ok(prepared !== undefined && 'run' in prepared);
      lines.push((await prepared.run(context)).line?.text);
    }
    assert.deepEqual(doing, ['Runs sleep 600', 'Runs the task say hello', 'Runs the tests']);
    assert.equal(lines[0], 'Runs sleep 600: it has not ended and runs on in its terminal');
    assert.equal(lines[1], 'Ran the task say hello: it succeeded');
    await rig.close();
  });
});
