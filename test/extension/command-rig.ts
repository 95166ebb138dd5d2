import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as vscode from 'vscode';
import { SecretKey } from '../../src/credentials/secret-key.ts';
import type { PrepareStillMessage, ToSurface } from '../../src/protocol/messages.ts';
import { Commands } from '../../src/ui/commands.ts';
import { AnsweringPerson } from './answering-person.ts';
import { TalkRig } from './talk-rig.ts';
import type { TestSurface } from './test-surface.ts';

/** What a JPEG begins with. */
const JPEG = Uint8Array.from([0xff, 0xd8, 0xff, 0xe0, 7, 7]);

// The interface has `keys` only since VS Code 1.104: a variable of its own is not held to have no more than it asks for.
const noSecrets = {
  get: () => Promise.resolve(undefined),
  store: () => Promise.resolve(),
  delete: () => Promise.resolve(),
  keys: () => Promise.resolve([]),
  onDidChange: () => new vscode.Disposable(() => undefined),
};
const nobodysSecrets: vscode.SecretStorage = noSecrets;

/** The commands as the extension offers them, under a prefix of their own: the extension itself may run beside them. */
export class CommandRig {
  readonly talk: TalkRig;
  readonly panel: TestSurface;
  readonly person = new AnsweringPerson();
  readonly folder: string;
  readonly #log = vscode.window.createOutputChannel('Command test', { log: true });
  readonly #commands: Commands;

  static async open(): Promise<CommandRig> {
    return new CommandRig(await TalkRig.open(), await mkdtemp(join(tmpdir(), 'talkthrough-')));
  }

  private constructor(rig: TalkRig, folder: string) {
    this.talk = rig;
    this.folder = folder;
    this.panel = rig.addPanel('microphone', 'playback', 'camera', 'display-capture');
    const { talk: controller, sharing, hub, conversation } = rig;
    const page = { chooseOpen: () => Promise.resolve(), chooseTyping: () => Promise.resolve() };
    const secretKey = new SecretKey(nobodysSecrets);
    const entries = { open: () => Promise.resolve() };
    const log = this.#log;
    const prefix = 'talkthrough-test';
    this.#commands = new Commands({ controller, sharing, entries, hub, page, conversation, secretKey, log, prefix });
  }

  run(name: string, ...args: unknown[]): Promise<unknown> {
    return Promise.resolve(vscode.commands.executeCommand(`talkthrough-test.${name}`, ...args));
  }

  async file(name: string, contents: string | Uint8Array): Promise<vscode.Uri> {
    const path = join(this.folder, name);
    await writeFile(path, contents);
    return vscode.Uri.file(path);
  }

  last<T extends ToSurface['type']>(type: T): Extract<ToSurface, { type: T }> | undefined {
    return this.panel.posted.findLast((message): message is Extract<ToSurface, { type: T }> => message.type === type);
  }

  /** What the surface is asked to prepare, the nth time. */
  async asked(times = 1): Promise<PrepareStillMessage> {
    const all = () => this.panel.posted.filter((message) => message.type === 'prepareStill');
    await this.panel.until(() => all().length >= times);
    const message = all()[times - 1];
    assert.ok(message);
    return message;
  }

  /** The surface has decoded it. */
  prepared({ request, name }: PrepareStillMessage): void {
    this.panel.says({ type: 'still', request, name, jpeg: JPEG, widthPx: 4, heightPx: 3 });
  }

  async close(): Promise<void> {
    await vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    this.#commands.dispose();
    this.person.dispose();
    this.#log.dispose();
    await this.talk.close();
    await rm(this.folder, { recursive: true });
  }
}
