import assert from 'node:assert/strict';
import { after, afterEach, before, beforeEach, describe, it } from 'mocha';
import * as vscode from 'vscode';
import { INLINE_SECRETS } from '../sample-project/planted-secrets.ts';
import type { BeginningContext } from '../../src/tools/begun.ts';
import { commandResult } from '../../src/tools/run/command-result.ts';
import type { ToolResponse } from '../../src/tools/tool.ts';
import { RunRig } from './run-rig.ts';
import { inProject, projectFolder } from './sample-project.ts';

const text = (response: ToolResponse, field: string): string => {
  const value: unknown = response[field as keyof ToolResponse];
  assert.ok(typeof value === 'string', JSON.stringify(response));
  return value;
};

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
    assert.match(text(response, 'message'), /did not allow it/);
    assert.equal(await isThere('made-by-command.txt'), false);
  });

  it('asks nobody in a workspace that is not trusted', async () => {
    rig.isTrusted = false;
    assert.match(text(await rig.run('echo x > made-by-command.txt'), 'message'), /not trusted/);
    assert.deepEqual(rig.person.asked, []);
    assert.equal(await isThere('made-by-command.txt'), false);
  });

  it('answers when the time is over with what came so far, and runs the next command elsewhere', async () => {
    const response = await rig.run('echo started; sleep 600', 1);
    assert.match(text(response, 'stillRunning'), /not ended after 1 s/);
    assert.equal(text(response, 'output'), 'started');
    assert.deepEqual(await rig.run('echo next'), { status: 'ok', exitCode: 0, output: 'next' });
    assert.ok(rig.opened.length >= 2);
  });

  it('answers when the command closes its terminal', async () => {
    // With 0: a young shell that fails is started once more by VS Code, without its integration.
    const response = await rig.run('echo bye; exit 0');
    assert.match(text(response, 'ended'), /terminal was closed/);
    assert.match(text(response, 'output'), /^bye/);
  });

  it('bounds what it returns: beginning and end, and how much is between', async () => {
    const output = text(await rig.run('seq 1 100000'), 'output');
    assert.ok(output.length < 12_000);
    assert.match(output, /^1\n2\n[^]*\n… \d+ lines left out …\n[^]*\n99999\n100000$/);
  });

  it('masks the secrets in what a command writes', async () => {
    const output = text(await rig.run('cat src/config/connections.ts'), 'output');
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
      assert.match(text(await rig.run(command), 'message'), /is private/, command);
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
      responses.map((response) => text(response, 'output')),
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

describe('running a command in a shell without integration', () => {
  it('types it, and says that nobody can read what it writes', async () => {
    const rig = await RunRig.open({ shellPath: '/bin/sh', integrationWaitMs: 300 });
    rig.person.agree();
    const made = new Promise<void>((resolve) => {
      const watcher = vscode.workspace.createFileSystemWatcher(
        new vscode.RelativePattern(projectFolder(), 'made-by-sh.txt'),
      );
      watcher.onDidCreate(() => {
        watcher.dispose();
        resolve();
      });
    });
    const response = await rig.run('echo x > made-by-sh.txt');
    assert.match(text(response, 'output'), /no shell integration.*Ask the person/);
    await made;
    await vscode.workspace.fs.delete(inProject('made-by-sh.txt'));
    await rig.close();
  });

  it('runs any number one after the other, waits for the shell only once, and closes the oldest terminal only when the person agreed to it', async () => {
    const options = { shellPath: '/bin/sh', integrationWaitMs: 300 };
    const rig = await RunRig.open(options);
    try {
      rig.person.agree();
      const first = await rig.run('true');
      assert.match(text(first, 'output'), /no shell integration/);
      const [oldest] = rig.opened;
      assert.ok(oldest);
      // Longer than any test.
      options.integrationWaitMs = 3_600_000;
      for (let more = 0; more < 3; more += 1) await rig.run('true');
      assert.equal(rig.opened.length, 4);
      assert.doesNotMatch(rig.person.asked.map(({ detail }) => detail).join(), /is closed for it/);
      const closed = new Promise<vscode.Terminal>((resolve) => {
        const listener = vscode.window.onDidCloseTerminal((terminal) => {
          listener.dispose();
          resolve(terminal);
        });
      });
      rig.person.answer = () => undefined;
      assert.match(text(await rig.run('true'), 'message'), /did not allow it/);
      assert.ok(rig.opened.includes(oldest));
      rig.person.agree();
      assert.match(text(await rig.run('true'), 'output'), /no shell integration/);
      assert.match(rig.person.asked.at(-1)?.detail ?? '', /oldest terminal of Talkthrough is closed for it/);
      assert.equal(await closed, oldest);
      assert.equal(rig.opened.length, 4);
    } finally {
      await rig.close();
    }
  });

  it('gives the true reason where the person was not asked whether one may be closed', async () => {
    const rig = await RunRig.open({ shellPath: '/bin/sh', integrationWaitMs: 300 });
    try {
      rig.person.agree();
      for (let index = 0; index < 4; index += 1) await rig.run('true');
      const outcome = await rig.terminals.run('true', projectFolder(), 30_000, new AbortController().signal);
      assert.deepEqual(outcome, { kind: 'crowded', unseen: true });
      const { response } = commandResult(outcome, 'true', 30, String);
      assert.match(text(response, 'message'), /shell does not tell whether anything still runs/);
    } finally {
      await rig.close();
    }
  });
});

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
    assert.match(text(await rig.call('run_task', { name: 'say hello' }), 'message'), /did not allow it/);
    rig.person.agree();
    rig.isTrusted = false;
    assert.match(text(await rig.call('run_task', { name: 'say hello' }), 'message'), /not trusted/);
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
    assert.match(text(again, 'output'), /hello from a task/);
    assert.equal(rig.person.asked.length, 1);
    try {
      const changed = new TextDecoder().decode(before).replace('hello from a task', 'something else');
      await vscode.workspace.fs.writeFile(manifest, new TextEncoder().encode(changed));
      assert.match(text(await rig.call('run_task', { name: 'npm: hello' }), 'message'), /did not allow it/);
      assert.match(rig.person.asked[1]?.detail ?? '', /something else/);
    } finally {
      await vscode.workspace.fs.writeFile(manifest, before);
    }
  });

  it('names those there are when there is none of that name', async () => {
    const response = await rig.call('run_task', { name: 'launch the rocket' });
    assert.match(text(response, 'message'), /There are: .*say hello/);
    assert.deepEqual(rig.person.asked, []);
  });

  it('runs the tests of the workspace', async () => {
    const response = await rig.call('run_tests');
    assert.match(rig.person.asked[0]?.detail ?? '', /test: node --test test\//);
    assert.match(text(response, 'output'), /two and two are four/);
    assert.ok(response.status === 'ok');
    assert.equal(response['exitCode'], 0);
  });
});

describe('the line of what is run', () => {
  it('says what is done from when the person agreed, and when it is not over', async () => {
    const rig = await RunRig.open();
    rig.person.agree();
    const doing: string[] = [];
    const context: BeginningContext = {
      signal: new AbortController().signal,
      begun: (line) => {
        assert.ok(rig.person.asked.length > doing.length, 'not before the question');
        doing.push(line);
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
