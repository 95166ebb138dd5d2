import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, it } from 'mocha';
import * as vscode from 'vscode';
import { AskCommands } from '../../src/ui/ask-commands.ts';
import { ALL_PLANTED } from '../sample-project/planted-secrets.ts';
import type { PeerConnection } from '../unit/live/peer.ts';
import { AnsweringPerson } from './answering-person.ts';
import { inProject } from './sample-project.ts';
import { TalkRig } from './talk-rig.ts';

const CART = 'src/shop/cart.ts';
const BROKEN = 'src/shop/broken.ts';

describe('asking about one thing', () => {
  let rig: TalkRig;
  let person: AnsweringPerson;
  let commands: AskCommands;
  /** What is typed into the next input box; undefined closes it. */
  let typed: string | undefined;
  const { showInputBox } = vscode.window;

  beforeEach(async () => {
    rig = await TalkRig.open();
    rig.addPanel();
    person = new AnsweringPerson();
    typed = undefined;
    Object.assign(vscode.window, { showInputBox: () => Promise.resolve(typed) });
    commands = new AskCommands({
      talk: rig.talk,
      hub: { visible: true },
      gate: rig.gate,
      prefix: 'talkthrough-test',
      command: (name, run) => vscode.commands.registerCommand(`talkthrough-test.${name}`, run),
    });
  });
  afterEach(async () => {
    Object.assign(vscode.window, { showInputBox });
    commands.dispose();
    person.dispose();
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    await rig.close();
  });

  const run = (name: string, ...args: unknown[]): Promise<unknown> =>
    Promise.resolve(vscode.commands.executeCommand(`talkthrough-test.${name}`, ...args));

  /** All that the service was told, when the session has begun and said what it had to say. */
  const heard = (service: PeerConnection): string => JSON.stringify(service.heard);

  /** The next content that has these words. */
  async function told(service: PeerConnection, words: RegExp): Promise<string> {
    for (;;) {
      const content = JSON.stringify(await service.hears('clientContent'));
      if (words.test(content)) return content;
    }
  }

  it('begins a session, tells it what is selected, and sends what is typed', async () => {
    const editor = await vscode.window.showTextDocument(inProject(CART));
    editor.selection = new vscode.Selection(9, 16, 11, 1);
    typed = 'Is this fast?';
    const asked = run('askAboutSelection');
    const service = await rig.accepted();
    await asked;
    const content = await told(service, /Is this fast/);
    assert.match(
      heard(service),
      /The person asks about this, lines 10 to 12 of src\/shop\/cart\.ts.*10\| cartTotal\(lines/,
    );
    assert.match(content, /"turnComplete":true/);
    assert.equal(rig.conversation.entries.filter(({ kind }) => kind === 'person').length, 1);
  });

  it('waits for the person to say something when nothing is typed', async () => {
    const service = await rig.live();
    const editor = await vscode.window.showTextDocument(inProject(CART));
    editor.selection = new vscode.Selection(13, 16, 13, 23);
    await run('askAboutSelection');
    const content = await told(service, /asks about this, line 14/);
    assert.match(content, /14\| isEmpty/);
    assert.match(content, /"turnComplete":false/);
  });

  it('explains a problem from its light bulb', async () => {
    const service = await rig.live();
    const uri = inProject(BROKEN);
    await vscode.window.showTextDocument(uri);
    while (vscode.languages.getDiagnostics(uri).length === 0) {
      await new Promise<void>((resolve) => {
        const listener = vscode.languages.onDidChangeDiagnostics(() => {
          listener.dispose();
          resolve();
        });
      });
    }
    const [problem] = vscode.languages.getDiagnostics(uri);
    assert.ok(problem);
    const actions = await vscode.commands.executeCommand<readonly vscode.CodeAction[]>(
      'vscode.executeCodeActionProvider',
      uri,
      problem.range,
    );
    const explain = actions.find((action) => action.command?.command === 'talkthrough-test.explainProblem');
    assert.equal(explain?.title, 'Explain with Talkthrough');
    assert.ok(explain.command);
    await vscode.commands.executeCommand(explain.command.command, ...((explain.command.arguments ?? []) as unknown[]));
    const content = await told(service, /Explain this problem/);
    assert.match(content, /line 3 error: Type 'number' is not assignable.*3\| export const total/);
  });

  it('talks about a file of the explorer', async () => {
    const service = await rig.live();
    typed = 'What is it for?';
    await run('talkAboutFile', inProject('src/config/connections.ts'));
    const content = await told(service, /What is it for/);
    assert.match(
      content,
      /the file src\/config\/connections\.ts \(typescript, \d+ lines\).*secret masked.*afterTheKey/,
    );
    for (const secret of ALL_PLANTED) assert.ok(!heard(service).includes(secret), secret);
  });

  it('says why it cannot, and tells the model nothing', async () => {
    await run('askAboutSelection');
    await person.reads(/Select the code/);
    await run('explainProblem');
    await person.reads(/No problem is shown/);
    await run('talkAboutFile', inProject('.env'));
    await person.reads(/“\.env” is private/);
    await run('talkAboutFile', inProject('links/innocent.txt'));
    await person.reads(/“links\/innocent\.txt” leads to something private or out of the workspace/);
    await run('talkAboutFile', inProject('src'));
    await person.reads(/“src” is a folder/);
    await run('talkAboutFile', inProject('huge.log'));
    await person.reads(/“huge\.log” has 210 MB/);
    assert.equal(rig.talk.view.phase, 'idle', 'no session was begun for it');
  });

  it('asks about what is selected in the terminal, and gives the clipboard back', async () => {
    const service = await rig.live();
    await vscode.env.clipboard.writeText('what was there before');
    const terminal = vscode.window.createTerminal({ name: 'build', pty: printing('npm ERR! no such file\r\n') });
    try {
      terminal.show();
      await printed;
      await vscode.commands.executeCommand('workbench.action.terminal.selectAll');
      await run('askAboutTerminalSelection');
      assert.match(await told(service, /output of the terminal/), /\| npm ERR! no such file/);
      assert.equal(await vscode.env.clipboard.readText(), 'what was there before');
      await vscode.commands.executeCommand('workbench.action.terminal.clearSelection');
      await run('askAboutTerminalSelection');
      await person.reads(/Select the output/);
      assert.equal(await vscode.env.clipboard.readText(), 'what was there before');
    } finally {
      terminal.dispose();
    }
  });

  let printed: Promise<void>;

  /** A terminal that prints one text as soon as it is open. */
  function printing(text: string): vscode.Pseudoterminal {
    const wrote = new vscode.EventEmitter<string>();
    const { promise, resolve } = Promise.withResolvers<undefined>();
    printed = promise;
    return {
      onDidWrite: wrote.event,
      open() {
        wrote.fire(text);
        resolve(undefined);
      },
      close: () => wrote.dispose(),
    };
  }
});
