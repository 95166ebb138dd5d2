import * as vscode from 'vscode';
import type { Conversation } from '../conversations/conversation.ts';
import { capabilitiesOf } from '../live/models.ts';
import { LiveSession } from '../live/session.ts';
import type { SessionState } from '../live/session-events.ts';
import type { LiveCredentials } from '../live/settings.ts';
import type { Problem, SessionView } from '../protocol/session-view.ts';
import type { EditorContext } from '../editor/editor-context.ts';
import { sessionEndedNotice, sessionNotice, settingsChangedNotice } from '../problems/session-notices.ts';
import { noCredentialsProblem, sessionProblem } from '../problems/session-problems.ts';
import type { SurfaceHub } from '../surface/hub.ts';
import type { Toolbox } from '../tools/toolbox.ts';
import { spokenDuration } from './duration.ts';
import { systemInstruction } from './instructions.ts';
import { liveLog } from './live-log.ts';
import type { PageLink } from './page-link.ts';
import { sessionView } from './session-view.ts';
import type { Settings } from '../settings/schema.ts';
import type { Shares } from './sharing/shares.ts';
import { Sound } from './sound/sound.ts';
import { UnsentTexts } from './unsent-texts.ts';

interface SessionControllerOptions {
  readonly hub: SurfaceHub;
  readonly conversation: Conversation;
  readonly log: vscode.LogOutputChannel;
  readonly page: PageLink;
  readonly shares: Shares;
  readonly toolbox: Toolbox;
  readonly context: EditorContext;
  settings(): Settings;
  /** What a session is made with; asks the person where nothing is known. Nothing when they changed their mind. */
  credentials(): Promise<LiveCredentials | undefined>;
}

/** A session and what it was made with. */
interface Running {
  readonly session: LiveSession;
  readonly settings: Settings;
}

/** Something that a session was told is asked about. */
export interface Asked {
  /** The model learns what it is together with a typed question only: one that is said would go without. */
  readonly needsTyping: boolean;
  /** Asks about it; begins another session where that one has ended. */
  question(text: string): Promise<void>;
}

/** The one owner of the session in this window: surfaces and commands ask it, and show what it says. */
export class SessionController implements vscode.Disposable {
  readonly #options: SessionControllerOptions;
  readonly #sound: Sound;
  readonly #changed = new vscode.EventEmitter<SessionView>();
  readonly #listeners: vscode.Disposable[];
  #running: Running | undefined;
  #state: SessionState = { kind: 'idle' };
  #starting: Promise<void> | undefined;
  #stopping: Promise<void> | undefined;
  /** Grows with every stop, so that a start still on its way notices. */
  #epoch = 0;
  readonly #unsent: UnsentTexts;
  /** What the model of the next session is to know, by topic. */
  readonly #untold = new Map<string, string>();
  #startedAtMs: number | undefined;
  #failure: Problem | undefined;
  #nextReply = 1;
  #toldOfChange = false;
  #shown: SessionView;
  /** What the session shows differs from what is on screen. */
  readonly onDidChange = this.#changed.event;

  constructor(options: SessionControllerOptions) {
    this.#options = options;
    const { hub, conversation, page } = options;
    this.#unsent = new UnsentTexts(conversation);
    this.#sound = new Sound({
      hub,
      log: options.log,
      processing: () => options.settings().processing,
      changed: () => this.#show(),
    });
    this.#shown = this.#compute();
    this.#listeners = [
      hub.onDidJoin((surface) => {
        surface.post({ type: 'session', session: this.#shown });
        surface.post({ type: 'conversation', reset: true, entries: conversation.entries });
      }),
      hub.onDidChangeMedia(() => this.#sound.mediaChanged()),
      page.onDidChange(() => {
        options.shares.pageChanged();
        this.#show();
      }),
      options.shares.onDidChange(() => this.#show()),
      conversation.onDidChange((change) => hub.broadcast({ type: 'conversation', ...change })),
    ];
  }

  get view(): SessionView {
    return this.#shown;
  }

  /** What the session was made with, for as long as it runs; else what the next one will be made with. */
  get settings(): Settings {
    return this.#running?.settings ?? this.#options.settings();
  }

  /** PCM16 at 24 kHz of the newest reply; empty when there was none. */
  get lastReply(): readonly Uint8Array[] {
    return this.#sound.speaker.lastReply;
  }

  /**
   * Begins a session. While one runs or is being made, this does nothing; while one is ending, it waits for that. Resolves
   * when it has begun or was given up.
   */
  start(): Promise<void> {
    if (this.#current !== undefined) return Promise.resolve();
    if (this.#starting === undefined) {
      const starting = this.#begin(this.#epoch).finally(() => {
        if (this.#starting === starting) this.#starting = undefined;
      });
      this.#starting = starting;
    }
    return this.#starting;
  }

  /** Ends the session, or gives up making one. The conversation stays. Resolves when its socket is closed. */
  stop(): Promise<void> {
    this.#epoch += 1;
    // What was typed for a start that is given up; what is typed from now on is for another.
    if (this.#starting !== undefined) this.#unsent.keep();
    this.#starting = undefined;
    // At once: what is said last still goes out, but nothing is seen from now on.
    this.#options.shares.stopSharing();
    const running = this.#running;
    if (running === undefined) return Promise.resolve();
    this.#stopping ??= this.#end(running).finally(() => {
      this.#stopping = undefined;
      this.#show();
    });
    this.#show();
    return this.#stopping;
  }

  /** Sends what the person typed; begins a session if none runs. It is in the conversation whatever becomes of that. */
  async type(text: string): Promise<void> {
    const words = text.trim();
    if (words === '') return;
    const epoch = this.#epoch;
    // The answer is about what is on screen now.
    if (this.#state.kind === 'live') await this.#options.shares.look();
    if (epoch !== this.#epoch) {
      // Stopped meanwhile: no other session begins by itself.
      this.#unsent.keepOne(words);
      return;
    }
    const current = this.#current;
    if (current !== undefined) {
      this.#personBegins();
      current.session.sendText(words);
      return;
    }
    this.#unsent.add(words);
    await this.start();
  }

  /**
   * Asks about something: the model is told of it, and answers the question, or waits for the person to say one. Begins a
   * session where none runs.
   *
   * @param about what it is, for the model; already gated and masked
   * @returns nothing where no session came about
   */
  async ask(about: string, question = ''): Promise<Asked | undefined> {
    const before = this.#current;
    if (before === undefined) {
      // Before the session begins: every model reads its instructions, but not every one takes notes at any time.
      this.#unsent.askAbout(about);
      if (question.trim() !== '') this.#unsent.add(question.trim());
      await this.start();
    } else {
      before.session.tellOnce('asked about', about);
      await this.type(question);
    }
    const told = before ?? this.#current;
    if (told === undefined) return undefined;
    return {
      needsTyping: told === before && capabilitiesOf(told.settings.live.model).notes === 'withText',
      question: async (text) => {
        if (told === this.#current) await this.type(text);
        else await this.ask(about, text);
      },
    };
  }

  /** Tells the model how things stand, by topic; where no session runs, or it is ending, the next one is told. */
  tellModel(topic: string, text: string): void {
    if (this.#current === undefined) this.#untold.set(topic, text);
    else this.#current.session.tell(topic, text);
  }

  toggleMicrophone(): void {
    if (this.#running === undefined) return;
    this.#sound.microphone.setMuted(!this.#sound.microphone.muted);
    this.#show();
  }

  toggleSpeaker(): void {
    this.#sound.speaker.toggleMuted();
    this.#show();
  }

  retryMicrophone(): void {
    this.#sound.microphone.retry();
  }

  /** Settings changed: what can change at once does; the rest holds from the next session on, which is said once. */
  settingsChanged(): void {
    this.#sound.microphone.ask();
    this.#options.shares.sight();
    const running = this.#running;
    const changed =
      running !== undefined && JSON.stringify(running.settings.live) !== JSON.stringify(this.#options.settings().live);
    if (changed && !this.#toldOfChange) {
      this.#toldOfChange = true;
      this.#options.conversation.notice(settingsChangedNotice());
    }
    this.#show();
  }

  dispose(): void {
    this.#epoch += 1;
    this.#running?.session.dispose();
    this.#sound.dispose();
    for (const listener of this.#listeners) listener.dispose();
    this.#changed.dispose();
  }

  /** What takes what the person says; nothing while it is ending. */
  get #current(): Running | undefined {
    return this.#stopping === undefined ? this.#running : undefined;
  }

  async #begin(epoch: number): Promise<void> {
    const { log, page, conversation } = this.#options;
    this.#failure = undefined;
    this.#show();
    try {
      await this.#stopping;
      const credentials = await this.#options.credentials();
      await this.#options.context.prepare();
      if (epoch !== this.#epoch) return;
      if (credentials === undefined) {
        log.info('no session: there are no credentials');
        this.#failure = noCredentialsProblem();
        this.#unsent.keep();
        return;
      }
      const { session } = (this.#running = this.#open(credentials));
      // First, so that the panel's microphone stays closed where a page is to listen.
      void page.sessionBegins().catch((cause: unknown) => log.error(`page: ${String(cause)}`));
      this.#sound.microphone.openForSession();
      const { about, texts } = this.#unsent.take();
      if (about !== undefined) session.tellOnce('asked about', about);
      for (const text of texts) session.sendText(text);
      session.start();
    } catch (cause) {
      log.error(`no session: ${cause instanceof Error ? cause.name : 'fault'}`);
      // It was stopped: what fails here is nothing to a later start, nor is what was typed for that one its own.
      if (epoch !== this.#epoch) return;
      this.#failure = sessionProblem({ code: 'internal', detail: '' });
      this.#unsent.keep();
    } finally {
      conversation.sessionOpen = this.#running !== undefined;
      this.#show();
    }
  }

  #open(credentials: LiveCredentials): Running {
    const { conversation, log, shares, toolbox } = this.#options;
    const settings = this.#options.settings();
    this.#toldOfChange = false;
    const session = new LiveSession({
      credentials,
      settings: {
        ...settings.live,
        instructions: systemInstruction(settings.live.instructions),
        tools: toolbox.declare(),
      },
      log: liveLog(log),
      firstReply: this.#nextReply,
      history: conversation.entries.filter((entry) => entry.kind === 'person' || entry.kind === 'reply'),
    });
    session.on('state', (state) => this.#stateChanged(state));
    session.on('entry', (entry) => conversation.put(entry));
    session.on('notice', (notice) => conversation.notice(sessionNotice(notice)));
    session.on('sources', (_reply, entry) => conversation.put(entry));
    this.#sound.sessionBegins(session, settings.live.reply === 'text');
    toolbox.serve(session);
    session.on('speech', (speaking) => {
      if (speaking) this.#personBegins();
    });
    shares.sessionBegins(session);
    this.#options.context.begins(session);
    for (const [topic, text] of this.#untold) session.tell(topic, text);
    this.#untold.clear();
    return { session, settings };
  }

  /** The person begins to say something: what they look at now is what they mean. */
  #personBegins(): void {
    this.#options.toolbox.turnBegins();
    this.#options.context.tell();
  }

  /** The last of what was said goes out first, then the session closes. */
  async #end({ session }: Running): Promise<void> {
    await this.#sound.microphone.close();
    await session.stop();
  }

  #stateChanged(state: SessionState): void {
    this.#state = state;
    if (state.kind === 'live') this.#startedAtMs ??= state.sinceMs;
    if (state.kind === 'ended') this.#ended(state);
    this.#show();
  }

  #ended({ reason }: Extract<SessionState, { kind: 'ended' }>): void {
    const { conversation, page, shares, log } = this.#options;
    const running = this.#running;
    this.#running = undefined;
    if (running !== undefined) {
      this.#nextReply = running.session.nextReply;
      log.info(`usage: ${JSON.stringify(running.session.usage)}`);
      running.session.dispose();
    }
    this.#sound.sessionEnds();
    shares.sessionEnds();
    this.#options.context.ends();
    page.sessionEnds();
    conversation.sessionOpen = false;
    if (reason.kind === 'failed') this.#failure = sessionProblem(reason.failure);
    if (this.#startedAtMs !== undefined) {
      const duration = spokenDuration(Date.now() - this.#startedAtMs);
      conversation.notice(sessionEndedNotice(duration, reason.kind === 'failed' ? reason.failure : undefined));
    }
    this.#startedAtMs = undefined;
  }

  #compute(): SessionView {
    const { live, service } = this.settings;
    return sessionView({
      stopping: this.#stopping !== undefined,
      state: this.#state,
      startedAtMs: this.#startedAtMs,
      failure: this.#failure,
      page: this.#options.page.problem,
      shares: this.#options.shares.problems,
      ...this.#sound.view,
      speaking: this.#sound.speaker.speaking,
      speakerFailed: this.#sound.speaker.failed,
      model: live.model,
      service,
    });
  }

  /** Tells everyone what is to be seen now, if it is anything new. */
  #show(): void {
    const view = this.#compute();
    if (JSON.stringify(view) === JSON.stringify(this.#shown)) return;
    this.#shown = view;
    this.#options.hub.broadcast({ type: 'session', session: view });
    this.#changed.fire(view);
  }
}
