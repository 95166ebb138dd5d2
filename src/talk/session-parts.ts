import type * as vscode from 'vscode';
import type { Conversation } from '../conversations/conversation.ts';
import type { EditorContext } from '../editor/editor-context.ts';
import type { SettingsSource } from '../settings/current-settings.ts';
import type { SurfaceHub } from '../surface/hub.ts';
import type { PageContext } from '../surface/page/page-context.ts';
import type { PageDoor } from '../surface/page/page-door.ts';
import { pictureTools } from '../tools/picture-tools.ts';
import type { ToolSource } from '../tools/tool.ts';
import { Toolbox } from '../tools/toolbox.ts';
import { PageLink } from './page-link.ts';
import type { PageOpener } from './page-opener.ts';
import type { RunningSession } from './running-session.ts';
import { Shares } from './sharing/shares.ts';
import { Sound } from './sound/sound.ts';

export interface SessionPartsOptions {
  readonly hub: SurfaceHub;
  readonly conversation: Conversation;
  readonly log: vscode.LogOutputChannel;
  readonly settings: SettingsSource;
  readonly context: EditorContext;
  /** What the model may call beside looking at what is shared. */
  readonly tools: ToolSource;
  readonly door: PageDoor;
  readonly opener: Pick<PageOpener, 'open'>;
  readonly devices: Pick<PageContext, 'camera'>;
  /** Keeps what the person chose, beyond this window. */
  readonly memory: vscode.Memento;
}

/** All that takes part in a session: what hears, shows, looks and acts for it, from its beginning to its end. */
export class SessionParts implements vscode.Disposable {
  readonly page: PageLink;
  readonly shares: Shares;
  readonly sound: Sound;
  readonly toolbox: Toolbox;
  readonly #context: EditorContext;
  readonly #log: vscode.LogOutputChannel;

  constructor(options: SessionPartsOptions) {
    const { hub, conversation, log, settings, context, tools } = options;
    this.#context = context;
    this.#log = log;
    this.page = new PageLink(options);
    this.shares = new Shares({ ...options, page: this.page });
    this.sound = new Sound({ hub, log, settings });
    this.toolbox = new Toolbox({ sources: [pictureTools(this.shares), tools], log, conversation });
  }

  /** Resolves when a session that begins can be told at once what the person has open. */
  prepare(): Promise<void> {
    return this.#context.prepare();
  }

  /** They listen to a session that was made, and is not connected yet. */
  sessionMade({ session, settings }: RunningSession): void {
    this.sound.sessionBegins(session, settings.live.reply === 'text');
    this.toolbox.serve(session);
    session.on('speech', (speaking) => {
      if (speaking) this.personBegins();
    });
    this.shares.sessionBegins(session, settings.live.pictureDetail);
    this.#context.begins(session);
  }

  /** The session is about to connect: capture begins. */
  sessionStarts(): void {
    // First, so that the panel's microphone stays closed where a page is to listen.
    void this.page.sessionBegins().catch((cause: unknown) => this.#log.error(`page: ${String(cause)}`));
    this.sound.microphone.openForSession();
  }

  /** The person begins to say something: what they look at now is what they mean. */
  personBegins(): void {
    this.toolbox.turnBegins();
    this.#context.tell();
  }

  sessionEnds(): void {
    this.sound.sessionEnds();
    this.shares.sessionEnds();
    this.#context.ends();
    this.page.sessionEnds();
  }

  dispose(): void {
    this.sound.dispose();
    this.toolbox.dispose();
    this.shares.dispose();
    this.page.dispose();
  }
}
