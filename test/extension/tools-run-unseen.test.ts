import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import * as vscode from 'vscode';
import { commandResult } from '../../src/tools/run/command-result.ts';
import { textIn } from './response-text.ts';
import { RunRig } from './run-rig.ts';
import { inProject, projectFolder } from './sample-project.ts';

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
    assert.match(textIn(response, 'output'), /no shell integration.*Ask the person/);
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
      assert.match(textIn(first, 'output'), /no shell integration/);
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
      assert.match(textIn(await rig.run('true'), 'message'), /did not allow it/);
      assert.ok(rig.opened.includes(oldest));
      rig.person.agree();
      assert.match(textIn(await rig.run('true'), 'output'), /no shell integration/);
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
      assert.match(textIn(response, 'message'), /shell does not tell whether anything still runs/);
    } finally {
      await rig.close();
    }
  });
});
