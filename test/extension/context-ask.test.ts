import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, it } from 'mocha';
import * as vscode from 'vscode';
import { AskCommands } from '../../src/ui/ask-commands.ts';
import { ALL_PLANTED } from '../sample-project/planted-secrets.ts';
import type { PeerConnection } from '../unit/live/peer.ts';
import { handle, says, TURN_DONE } from '../unit/live/talk.ts';
import { AnsweringPerson } from './answering-person.ts';
import { inProject } from './sample-project.ts';
import { TalkRig } from './talk-rig.ts';

const CART = 'src/shop/cart.ts';
const BROKEN = 'src/shop/broken.ts';
/** It takes notes with typed text only. */
const NOTES_WITH_TEXT = 'gemini-3.1-flash-live-preview';

describe('asking about one thing', () => {
  let rig: TalkRig;
  let person: AnsweringPerson;
  let commands: AskCommands;
  /** What is typed into the next input box; undefined closes it. */
  let typed: string | undefined;
  /** What the input boxes said beneath, in order. */
  let prompts: (string | undefined)[];
  /** Comes between the input box and the question. */
  let beforeTyped: () => Promise<void>;
  const { showInputBox } = vscode.window;

  beforeEach(async () => {
    rig = await TalkRig.open();
    rig.addPanel();
    person = new AnsweringPerson();
    typed = undefined;
    prompts = [];
    beforeTyped = () => Promise.resolve();
    Object.assign(vscode.window, {
      showInputBox: async ({ prompt }: vscode.InputBoxOptions) => {
        prompts.push(prompt);
        await beforeTyped();
        return typed;
      },
    });
    commands = new AskCommands({
      questions: rig.questions,
      hub: { visible: true },
      gate: rig.gate,
      prefix: 'talkthrough-test',
    });
  });
  afterEach(async () => {
    Object.assign(vscode.window, { showInputBox });
    commands.dispose();
    person.dispose();
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    await rig.close();
    await chooseModel(undefined);
  });

  const chooseModel = (model: string | undefined): Thenable<void> =>
    vscode.workspace.getConfiguration('talkthrough').update('model', model, vscode.ConfigurationTarget.Global);

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

  it('tells the model once what a typed question is about', async () => {
    const editor = await vscode.window.showTextDocument(inProject(CART));
    editor.selection = new vscode.Selection(9, 16, 11, 1);
    typed = 'Is this fast?';
    let service: PeerConnection | undefined;
    beforeTyped = async () => {
      service = await rig.accepted();
      // A later session would begin with what it was told until now.
      service.say(handle('later'), says('Hello.'), TURN_DONE);
      while (!rig.conversation.entries.some(({ kind }) => kind === 'reply')) {
        await new Promise<void>((resolve) => void rig.conversation.onDidChange(() => resolve()));
      }
    };
    await run('askAboutSelection');
    assert.ok(service);
    await told(service, /Is this fast/);
    assert.equal(heard(service).match(/The person asks about this/g)?.length, 1);
  });

  it('is told with the question that is typed for the next session, when the first was stopped', async () => {
    await rig.live();
    const editor = await vscode.window.showTextDocument(inProject(CART));
    editor.selection = new vscode.Selection(9, 16, 11, 1);
    typed = 'Is this fast?';
    beforeTyped = () => rig.talk.stop();
    await run('askAboutSelection');
    const next = await rig.accepted();
    await told(next, /Is this fast/);
    assert.match(heard(next), /The person asks about this/);
  });

  it('lets the question be said where it begins the session, also to a model that takes notes with text only', async () => {
    await chooseModel(NOTES_WITH_TEXT);
    const editor = await vscode.window.showTextDocument(inProject(CART));
    editor.selection = new vscode.Selection(13, 16, 13, 23);
    await run('askAboutSelection');
    const service = await rig.peer.connection();
    const setup = await service.accept();
    assert.match(JSON.stringify(setup['systemInstruction']), /asks about this, line 14 of src\/shop\/cart\.ts/);
    assert.match(prompts.join(), /press Escape and say it/);
    // Too late for the instructions.
    await run('askAboutSelection');
    assert.match(prompts.at(-1) ?? '', /this model .* typed/);
  });

  it('asks once how to reach Gemini, and keeps the question with what it is about when that is closed', async () => {
    const known = rig.credentials;
    let asked = 0;
    rig.credentials = () => {
      asked += 1;
      return Promise.resolve(undefined);
    };
    const problem = new vscode.Diagnostic(new vscode.Range(2, 0, 2, 6), 'It is broken.');
    const explain = () => run('explainProblem', { uri: inProject(BROKEN), problems: [problem] });
    await explain();
    assert.equal(asked, 1);
    const texts = rig.conversation.entries.map(({ text }) => text);
    assert.equal(texts.filter((text) => /Explain this problem/.test(text)).length, 1);
    assert.equal(rig.talk.view.problems[0]?.code, 'key-missing');
    rig.credentials = known;
    const service = await rig.live();
    assert.match(heard(service), /Explain this problem/);
    assert.match(heard(service), /means it:.*It is broken\./);
  });

  it('forgets what a question was about together with the conversation that showed it', async () => {
    const known = rig.credentials;
    rig.credentials = () => Promise.resolve(undefined);
    await rig.questions.ask('The person asks about a secret plan.', 'Is it good?');
    rig.conversation.clear();
    rig.credentials = known;
    assert.doesNotMatch(heard(await rig.live()), /secret plan/);
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
    await person.reads(/There are no problems/);
    await run('talkAboutFile', inProject('.env'));
    await person.reads(/“\.env” is excluded/);
    await run('talkAboutFile', inProject('links/innocent.txt'));
    await person.reads(/“links\/innocent\.txt” links to a private file or out of the workspace/);
    await run('talkAboutFile', inProject('src'));
    await person.reads(/“src” is a folder/);
    await run('talkAboutFile', inProject('huge.log'));
    await person.reads(/“huge\.log” is too large to talk about \(210 MB\)/);
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
