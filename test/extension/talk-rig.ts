import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { Conversation } from '../../src/conversations/conversation.ts';
import { EditorContext } from '../../src/editor/editor-context.ts';
import type { LiveCredentials } from '../../src/live/settings.ts';
import type { Ability, SurfaceKind } from '../../src/protocol/messages.ts';
import { SurfaceHub } from '../../src/surface/hub.ts';
import { PageDoor } from '../../src/surface/page/page-door.ts';
import type { PageLink } from '../../src/talk/page-link.ts';
import type { SettingsSource } from '../../src/settings/current-settings.ts';
import { readSettings } from '../../src/settings/settings.ts';
import { SessionSharing } from '../../src/talk/sharing/session-sharing.ts';
import type { Shares } from '../../src/talk/sharing/shares.ts';
import { Questions } from '../../src/talk/questions.ts';
import { SessionController } from '../../src/talk/session-controller.ts';
import { Gate } from '../../src/gate/gate.ts';
import type { Tool } from '../../src/tools/tool.ts';
import { Peer, type PeerConnection } from '../unit/live/peer.ts';
import { TestSurface } from './test-surface.ts';

const KEY = ['AI', 'za', 'TestOnly-0123456789_abcdefghijk'].join('');

/** Nothing is kept. */
const FORGETFUL: vscode.Memento = {
  keys: () => [],
  get: <T>(_key: string, otherwise?: T) => otherwise,
  update: () => Promise.resolve(),
};

/** One for all: a channel that was closed stays closed, whoever opens one of its name. */
let channel: vscode.LogOutputChannel | undefined;

/** The person's settings, with the test's service in the place of Google's. */
class RigSettings implements SettingsSource {
  readonly changed = new vscode.EventEmitter<void>();
  readonly onDidChange = this.changed.event;
  readonly #baseUrl: string;

  constructor(baseUrl: string) {
    this.#baseUrl = baseUrl;
  }

  get current(): SettingsSource['current'] {
    const settings = readSettings();
    return { ...settings, live: { ...settings.live, baseUrl: this.#baseUrl } };
  }
}

/** The host's parts put together as the extension does, with a service and surfaces that a test speaks through. */
export class TalkRig {
  readonly peer: Peer;
  readonly hub = new SurfaceHub();
  readonly conversation = new Conversation();
  readonly shares: Shares;
  readonly talk: SessionController;
  readonly sharing: SessionSharing;
  readonly questions: Questions;
  readonly settings: RigSettings;
  readonly page: PageLink;
  readonly gate = new Gate({ memory: FORGETFUL });
  readonly context = new EditorContext(this.gate);
  /** Tools beside those that look and point; set before a session begins. */
  tools: readonly Tool[] = [];
  /** Addresses that the person's browser was asked to open. */
  readonly opened: vscode.Uri[] = [];
  credentials: () => Promise<LiveCredentials | undefined> = () => Promise.resolve({ kind: 'gemini', apiKey: KEY });
  readonly #log: vscode.LogOutputChannel;
  readonly #door: PageDoor;

  static async open(): Promise<TalkRig> {
    return new TalkRig(await Peer.listen());
  }

  private constructor(peer: Peer) {
    this.peer = peer;
    this.settings = new RigSettings(peer.baseUrl);
    this.#log = channel ??= vscode.window.createOutputChannel('Talk test', { log: true });
    const { hub, conversation } = this;
    const log = this.#log;
    const extension = vscode.extensions.getExtension('talkthrough.talkthrough');
    assert.ok(extension);
    // Only its folder is looked at, and only when a page is opened.
    const context = { extensionUri: extension.extensionUri, workspaceState: FORGETFUL } as vscode.ExtensionContext;
    this.#door = new PageDoor(context, log);
    this.talk = new SessionController({
      hub,
      conversation,
      log,
      settings: this.settings,
      credentials: { get: () => this.credentials() },
      context: this.context,
      tools: this,
      door: this.#door,
      opener: {
        open: (address) => {
          this.opened.push(address);
          return Promise.resolve(true);
        },
      },
      devices: { camera: '' },
      memory: FORGETFUL,
    });
    this.shares = this.talk.parts.shares;
    this.page = this.talk.parts.page;
    this.sharing = new SessionSharing(this.talk, hub);
    this.questions = new Questions(this.talk);
  }

  addSurface(kind: SurfaceKind, ...abilities: Ability[]): TestSurface {
    const surface = new TestSurface(kind);
    this.hub.add(surface);
    surface.join(...abilities);
    return surface;
  }

  /** A panel that may do everything a code-server's may, or what is named. */
  addPanel(...abilities: Ability[]): TestSurface {
    return this.addSurface('panel', ...(abilities.length > 0 ? abilities : (['microphone', 'playback'] as const)));
  }

  /** A running session. */
  async live(): Promise<PeerConnection> {
    await this.talk.start();
    return this.accepted();
  }

  /** Accepts the next connection of the session. */
  async accepted(): Promise<PeerConnection> {
    const service = await this.peer.connection();
    await service.accept();
    return service;
  }

  async close(): Promise<void> {
    this.talk.dispose();
    this.sharing.dispose();
    this.settings.changed.dispose();
    this.context.dispose();
    this.gate.dispose();
    await this.#door.close();
    this.hub.dispose();
    this.conversation.dispose();
    await this.peer.close();
  }
}
