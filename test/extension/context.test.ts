import assert from 'node:assert/strict';
import { after, afterEach, before, beforeEach, describe, it } from 'mocha';
import * as vscode from 'vscode';
import type { UpdateTimings } from '../../src/editor/context-updates.ts';
import { EditorContext } from '../../src/editor/editor-context.ts';
import { Gate } from '../../src/gate/gate.ts';
import type { LiveServer } from '../live-server/index.ts';
import { ALL_PLANTED } from '../sample-project/planted-secrets.ts';
import type { Json } from '../unit/live/peer.ts';
import { Talk } from '../unit/live/talk.ts';
import { KeptInMemory } from './kept-in-memory.ts';
import { liveServerModule } from './local-live-server.ts';
import { inProject } from './sample-project.ts';
import { TalkRig } from './talk-rig.ts';

const CART = 'src/shop/cart.ts';
const RECEIPT = 'src/shop/receipt.ts';
const SCHEMAS = 'src/zod/v4/core/schemas.ts';
const CONNECTIONS = 'src/config/connections.ts';

/** Four characters a token: 700 tokens. */
const BUDGET = 2_800;

const textOf = (message: Json): string => JSON.stringify(message);

async function open(path: string): Promise<vscode.TextEditor> {
  return vscode.window.showTextDocument(inProject(path), { preview: false });
}

async function closeAll(): Promise<void> {
  await vscode.commands.executeCommand('workbench.action.closeAllEditors');
}

/** Until VS Code takes the output panel for a text editor. */
async function outputIsActive(): Promise<void> {
  while (vscode.window.activeTextEditor?.document.uri.scheme !== 'output') {
    await new Promise<void>((resolve) => {
      const listener = vscode.window.onDidChangeActiveTextEditor(() => {
        listener.dispose();
        resolve();
      });
    });
  }
}

/** Keeps what a session is told, topic by topic, and lets a test wait for it. */
class ToldSession {
  readonly told: { readonly topic: string; readonly text: string | undefined }[] = [];
  #waiting: (() => void) | undefined;

  tell(topic: string, text: string | undefined): void {
    if (this.now(topic) === text) return;
    this.told.push({ topic, text });
    this.#waiting?.();
  }

  now(topic: string): string | undefined {
    return this.told.findLast((one) => one.topic === topic)?.text;
  }

  async until(isSo: () => boolean): Promise<void> {
    while (!isSo()) {
      await new Promise<void>((resolve) => {
        this.#waiting = resolve;
      });
    }
  }
}

describe('what a session is told of the editor', () => {
  let gate: Gate;
  let context: EditorContext;
  let session: ToldSession;

  /** @param timings so short that nothing is waited for, unless something else is to be seen */
  const begin = (timings: UpdateTimings = { placeMs: 1, driftMs: 1 }): void => {
    context = new EditorContext(gate, timings);
    session = new ToldSession();
    context.begins(session);
  };

  before(() => {
    gate = new Gate({ memory: new KeptInMemory() });
  });
  after(() => gate.dispose());
  afterEach(async () => {
    context.dispose();
    await closeAll();
  });

  it('names file, cursor, what can be seen, and the other tabs', async () => {
    await open(RECEIPT);
    const editor = await open(CART);
    editor.selection = new vscode.Selection(9, 20, 9, 20);
    begin();
    // The first lines that can be seen may be those of an editor that still grows.
    const visible = /lines 1 to 17\.\n1\| import .*\n[^]*\n16\| \}/;
    await session.until(() => visible.test(session.now('editor.visible') ?? ''));
    assert.match(
      session.now('editor.file') ?? '',
      /workspace is "project".*src\/shop\/cart\.ts \(typescript, 16 lines\)/,
    );
    assert.match(
      session.now('editor.selection') ?? '',
      /line 10 of src\/shop\/cart\.ts at "cartTotal":\n10\| export function/,
    );
    assert.match(session.now('editor.tabs') ?? '', /^Other open tabs: src\/shop\/receipt\.ts\.$/);
  });

  it('stays within its budget in a large file with much selected, the selection before what is only visible', async () => {
    const editor = await open(SCHEMAS);
    editor.selection = new vscode.Selection(100, 0, 900, 0);
    begin();
    await session.until(() => session.now('editor.selection') !== undefined);
    const texts = ['file', 'selection', 'visible', 'problems', 'tabs'].map(
      (topic) => session.now(`editor.${topic}`) ?? '',
    );
    const length = texts.reduce((sum, text) => sum + text.length, 0);
    assert.ok(length <= BUDGET, `${length} characters`);
    assert.match(texts[1] ?? '', /lines 101 to 900.*\n101\| [^]*cut here; read_file/);
    assert.ok((texts[1]?.length ?? 0) > BUDGET / 2);
    assert.doesNotMatch(texts[2] ?? '', /\n/, 'what is visible is only numbered then');
  });

  it('tells that another file is open, with what can be seen in it, and repeats nothing else', async () => {
    await open(CART);
    begin();
    await session.until(() => session.now('editor.visible') !== undefined);
    await open(RECEIPT);
    await session.until(() => session.now('editor.visible')?.includes('receipt.ts') === true);
    assert.match(session.now('editor.file') ?? '', /receipt\.ts/);
    assert.match(session.now('editor.visible') ?? '', /4\| .*Total:/);
    assert.equal(session.told.filter(({ topic }) => topic === 'editor.problems').length, 0);
  });

  it('only numbers the lines while a person scrolls, and quotes them when they begin to ask', async () => {
    const editor = await open('src/zod/v4/classic/schemas.ts');
    begin();
    await session.until(() => /\n\d+\| /.test(session.now('editor.visible') ?? ''));
    editor.revealRange(new vscode.Range(2_000, 0, 2_000, 0), vscode.TextEditorRevealType.AtTop);
    await session.until(() => /lines \d{4} to 20\d\d\.$/.test(session.now('editor.visible') ?? ''));
    context.tell();
    assert.match(session.now('editor.visible') ?? '', /\n20\d\d\| /);
  });

  it('gathers changes, and tells all of them at once when the person begins to ask', async () => {
    const editor = await open(CART);
    begin({ placeMs: 60_000, driftMs: 60_000 });
    await session.until(() => session.now('editor.visible') !== undefined);
    const before = session.told.length;
    const selected = new Promise<void>((resolve) => {
      const listener = vscode.window.onDidChangeTextEditorSelection(() => {
        listener.dispose();
        resolve();
      });
    });
    editor.selection = new vscode.Selection(9, 16, 9, 25);
    await selected;
    assert.equal(session.told.length, before, 'not told while it may still change');
    context.tell();
    assert.match(session.now('editor.selection') ?? '', /Selected in src\/shop\/cart\.ts, line 10.*\n10\| cartTotal$/);
  });

  it('tells at once where the person clicks or jumps to, before what only drifts', async () => {
    const editor = await open(CART);
    begin({ placeMs: 1, driftMs: 600_000 });
    await session.until(() => session.now('editor.visible') !== undefined);
    editor.selection = new vscode.Selection(13, 20, 13, 20);
    await session.until(() => /line 14 of src\/shop\/cart\.ts/.test(session.now('editor.selection') ?? ''));
  });

  it('tells problems as they come and go', async () => {
    await open('src/shop/broken.ts');
    begin();
    await session.until(() => /1 errors.*\nline 3 error: Type 'number'/.test(session.now('editor.problems') ?? ''));
    await open(CART);
    await session.until(() => session.now('editor.problems') === undefined);
  });

  it('says so when no text is open', async () => {
    await closeAll();
    begin();
    await session.until(() => /No editor is open/.test(session.now('editor.file') ?? ''));
    await vscode.commands.executeCommand('vscode.open', inProject('picture.bin'));
    await session.until(() => /active tab is "picture\.bin"/.test(session.now('editor.file') ?? ''));
  });

  it('tells private files by name only, masks secrets, and never lets a later note bring back more', async () => {
    const paths = ['.env', 'keys/server.pem', 'committed.env', 'links/settings.txt', CONNECTIONS];
    begin();
    for (const path of paths) {
      const editor = await open(path);
      editor.selection = new vscode.Selection(0, 0, editor.document.lineCount - 1, 0);
      const name = path.slice(path.lastIndexOf('/') + 1);
      await session.until(() => session.now('editor.file')?.includes(name) === true);
      context.tell();
    }
    await session.until(() => session.now('editor.selection')?.includes('secret masked') === true);
    const all = JSON.stringify(session.told);
    for (const secret of ALL_PLANTED) assert.ok(!all.includes(secret), secret);
    assert.match(all, /\.env, whose content is private/);
  });

  it('does not take the output panel for what the person works on', async () => {
    await open(CART);
    begin();
    const channel = vscode.window.createOutputChannel('Noise');
    try {
      channel.appendLine('noise noise noise');
      channel.show(false);
      await outputIsActive();
      context.tell();
      assert.match(session.now('editor.file') ?? '', /cart\.ts/);
      assert.doesNotMatch(JSON.stringify(session.told), /noise/);
    } finally {
      channel.dispose();
      await vscode.commands.executeCommand('workbench.action.closePanel');
    }
  });
});

describe('the editor in a conversation', () => {
  let rig: TalkRig;

  beforeEach(async () => {
    rig = await TalkRig.open();
    rig.addPanel();
  });
  afterEach(async () => {
    await rig.close();
    await closeAll();
  });

  it('is known when the session begins, and what is opened before a typed question goes before it', async () => {
    await open(CART);
    await rig.context.prepare();
    await rig.talk.start();
    const service = await rig.peer.connection();
    const setup = textOf((await service.accept())['systemInstruction'] as Json);
    assert.match(setup, /src\/shop\/cart\.ts/);
    assert.match(setup, /10\| export function cartTotal/);
    while (rig.talk.view.phase !== 'listening')
      await new Promise<void>((resolve) => void rig.talk.onDidChange(() => resolve()));
    await open(RECEIPT);
    await rig.talk.type('What is this?');
    const { turns, turnComplete } = await service.hears('clientContent');
    assert.equal(turnComplete, true);
    assert.match(JSON.stringify(turns), /receipt\.ts.*What is this\?/);
  });
});

describe('the editor in a conversation with the local Live server', () => {
  let server: LiveServer;
  let talk: Talk;
  let gate: Gate;
  let context: EditorContext;

  beforeEach(() => {
    gate = new Gate({ memory: new KeptInMemory() });
    context = new EditorContext(gate, { placeMs: 1, driftMs: 1 });
  });
  afterEach(async () => {
    context.dispose();
    gate.dispose();
    talk.session.dispose();
    await server.close();
    await closeAll();
  });

  const noted = (path: string) => server.next('context', ({ text }) => text.includes(path), `a note of ${path}`);

  it('is told after a reply that is being spoken, which nothing interrupts', async () => {
    const { startLiveServer, LOCAL_API_KEY } = await liveServerModule();
    const say = 'It adds up what every line of the cart costs, with the taxes, and gives the sum in cents.';
    server = await startLiveServer({
      script: {
        connections: [
          {
            steps: [
              { on: 'text', reply: { say } },
              { on: 'text', reply: { say: 'Yes.' } },
            ],
          },
        ],
      },
      delivery: { firstAudioDelayMs: 0, timesRealTime: 4 },
    });
    await open(CART);
    talk = new Talk({ baseUrl: server.baseUrl, credentials: { kind: 'gemini', apiKey: LOCAL_API_KEY } });
    context.begins(talk.session);
    talk.session.start();
    await talk.state('live');
    talk.session.sendText('What does this do?');
    await server.next('reply-started');
    await open(RECEIPT);
    context.tell();
    await open(SCHEMAS);
    context.tell();
    await noted('schemas.ts');
    const types = server.events.map(({ type }) => type);
    assert.ok(types.includes('reply-finished'), 'the reply came first, whole');
    assert.ok(types.indexOf('reply-finished') < types.lastIndexOf('context'));
    assert.equal(types.filter((type) => type === 'interrupted' || type === 'violation').length, 0);
    const notes = server.events.flatMap((event) => (event.type === 'context' ? [event.text] : [])).join('\n');
    assert.doesNotMatch(
      notes,
      /active editor shows src\/shop\/receipt/,
      'of what changed twice only the newest is told',
    );
  });

  it('is told while the person asks, before their question ends', async () => {
    const { startLiveServer, LOCAL_API_KEY, speak, pcm16ToBytes } = await liveServerModule();
    server = await startLiveServer({
      script: { connections: [{ steps: [{ on: 'speech', reply: { say: 'A receipt.' } }] }] },
      delivery: { firstAudioDelayMs: 0 },
    });
    await open(CART);
    talk = new Talk({ baseUrl: server.baseUrl, credentials: { kind: 'gemini', apiKey: LOCAL_API_KEY } });
    context.begins(talk.session);
    talk.session.on('speech', (speaking) => {
      if (speaking) context.tell();
    });
    talk.session.start();
    await talk.state('live');
    const { pcm16 } = await speak('And what does this file do, now that I have opened another one?', {
      rateHz: 16_000,
    });
    const sound = pcm16ToBytes(Int16Array.of(...new Int16Array(8_000), ...pcm16, ...new Int16Array(24_000)));
    const half = 640 * Math.floor(sound.length / 2 / 640);
    await open(RECEIPT);
    for (let at = 0; at < half; at += 640) talk.session.sendMicrophone(sound.subarray(at, at + 640));
    await noted('receipt.ts');
    for (let at = half; at < sound.length; at += 640) talk.session.sendMicrophone(sound.subarray(at, at + 640));
    await server.next('utterance');
    await server.next('reply-finished');
    assert.equal(server.events.filter(({ type }) => type === 'interrupted' || type === 'violation').length, 0);
  });
});
