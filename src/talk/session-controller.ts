import type * as vscode from 'vscode';
import type { CredentialSource } from '../credentials/credentials.ts';
import type { SessionState } from '../live/session-events.ts';
import type { LiveCredentials } from '../live/settings.ts';
import { noCredentialsProblem, sessionProblem } from '../problems/session-problems.ts';
import type { Problem, SessionView } from '../protocol/session-view.ts';
import type { Settings } from '../settings/schema.ts';
import { PendingInput } from './pending-input.ts';
import { RunningSession } from './running-session.ts';
import { SessionParts, type SessionPartsOptions } from './session-parts.ts';
import { SessionPresenter } from './session-presenter.ts';
import type { SessionFacts } from './session-view.ts';

interface SessionControllerOptions extends SessionPartsOptions {
  readonly credentials: CredentialSource;
}

interface Starting {
  readonly kind: 'starting';
  /** Resolves when the session has begun or was given up. */
  readonly begun: Promise<void>;
  readonly cancel: AbortController;
}

/** `stopping`: its socket is closing; `next` begins when that is done. */
type ControllerState =
  | { readonly kind: 'idle' }
  | Starting
  | { readonly kind: 'running'; readonly running: RunningSession }
  | {
      readonly kind: 'stopping';
      readonly running: RunningSession;
      readonly stopped: Promise<void>;
      readonly next: Starting | undefined;
    };

const IDLE: ControllerState = { kind: 'idle' };
const NO_SESSION: SessionState = { kind: 'idle' };

/** The one owner of the session in this window: surfaces and commands ask it, and show what it says. */
export class SessionController implements vscode.Disposable {
  /** What waits for the next session. */
  readonly pending: PendingInput;
  readonly parts: SessionParts;
  readonly #options: SessionControllerOptions;
  readonly #presenter: SessionPresenter;
  readonly #listeners: readonly vscode.Disposable[];
  #state: ControllerState = IDLE;
  #failure: Problem | undefined;
  /** How often the person has stopped: what waited for something then begins no other session by itself. */
  #stops = 0;
  #nextReply = 1;

  constructor(options: SessionControllerOptions) {
    this.#options = options;
    const { conversation, settings } = options;
    this.pending = new PendingInput(conversation);
    this.parts = new SessionParts(options);
    this.#presenter = new SessionPresenter(options, this.parts, this.#facts);
    this.#listeners = [
      settings.onDidChange(() => {
        this.#open?.settingsChanged(settings.current);
        this.#show();
      }),
    ];
  }

  get view(): SessionView {
    return this.#presenter.view;
  }

  /** What the session shows differs from what is on screen. */
  get onDidChange(): vscode.Event<SessionView> {
    return this.#presenter.onDidChange;
  }

  /** What the session was made with, for as long as it runs; else what the next one will be made with. */
  get settings(): Settings {
    return this.#open?.settings ?? this.#options.settings.current;
  }

  /** PCM16 at 24 kHz of the newest reply; empty when there was none. */
  get lastReply(): readonly Uint8Array[] {
    return this.parts.sound.speaker.lastReply;
  }

  /** What takes what the person says; nothing while it is ending. */
  get running(): RunningSession | undefined {
    return this.#state.kind === 'running' ? this.#state.running : undefined;
  }

  /**
   * Begins a session. While one runs or is being made, this does nothing; while one is ending, it waits for that. Resolves
   * when it has begun or was given up.
   */
  start(): Promise<void> {
    const state = this.#state;
    if (state.kind === 'running') return Promise.resolve();
    if (state.kind === 'starting') return state.begun;
    if (state.kind === 'stopping' && state.next !== undefined) return state.next.begun;
    const cancel = new AbortController();
    const before = state.kind === 'stopping' ? state.stopped : undefined;
    const starting: Starting = { kind: 'starting', cancel, begun: this.#begin(cancel, before) };
    this.#state = state.kind === 'stopping' ? { ...state, next: starting } : starting;
    return starting.begun;
  }

  /** Ends the session, or gives up making one. The conversation stays. Resolves when its socket is closed. */
  stop(): Promise<void> {
    const state = this.#state;
    this.#stops += 1;
    const starting = state.kind === 'starting' ? state : state.kind === 'stopping' ? state.next : undefined;
    if (starting !== undefined) {
      starting.cancel.abort();
      // What was typed for a start that is given up; what is typed from now on is for another.
      this.pending.keep();
    }
    switch (state.kind) {
      case 'idle':
      case 'starting':
        this.#state = IDLE;
        this.parts.shares.stopSharing();
        return Promise.resolve();
      case 'stopping':
        this.#state = { ...state, next: undefined };
        this.parts.shares.stopSharing();
        return state.stopped;
      case 'running':
        return this.#stop(state);
    }
  }

  /** Sends what the person typed; begins a session if none runs. It is in the conversation whatever becomes of that. */
  async type(text: string): Promise<void> {
    const words = text.trim();
    if (words === '') return;
    const stops = this.#stops;
    // The answer is about what is on screen now.
    if (this.running?.isLive === true) await this.parts.shares.frames.refresh();
    if (this.#stops !== stops) {
      // Stopped meanwhile: no other session begins by itself.
      this.pending.keepOne(words);
      return;
    }
    const { running } = this;
    if (running !== undefined) {
      this.parts.personBegins();
      running.session.sendText(words);
      return;
    }
    this.pending.add(words);
    await this.start();
  }

  /** Tells the model how things stand, by topic; where no session runs, or it is ending, the next one is told. */
  tellModel(topic: string, text: string): void {
    const { running } = this;
    if (running === undefined) this.pending.addNote(topic, text);
    else running.session.tell(topic, text);
  }

  toggleMicrophone(): void {
    if (this.#open !== undefined) this.parts.sound.toggleMicrophone();
  }

  toggleSpeaker(): void {
    this.parts.sound.toggleSpeaker();
  }

  retryMicrophone(): void {
    this.parts.sound.microphone.retry();
  }

  dispose(): void {
    const state = this.#state;
    if (state.kind === 'starting') state.cancel.abort();
    if (state.kind === 'stopping') state.next?.cancel.abort();
    this.#open?.session.dispose();
    for (const listener of this.#listeners) listener.dispose();
    this.#presenter.dispose();
    this.parts.dispose();
  }

  /** The session that has not ended, though it may be ending. */
  get #open(): RunningSession | undefined {
    const { kind } = this.#state;
    if (kind === 'running') return this.#state.running;
    if (kind !== 'stopping' || this.#state.running.hasEnded) return undefined;
    return this.#state.running;
  }

  async #begin(cancel: AbortController, before: Promise<void> | undefined): Promise<void> {
    const { log, conversation } = this.#options;
    const { signal } = cancel;
    this.#failure = undefined;
    this.#show();
    try {
      await before;
      const credentials = await this.#options.credentials.get();
      await this.parts.prepare();
      if (signal.aborted) return;
      if (credentials === undefined) {
        log.info('no session: there are no credentials');
        this.#failToStart(noCredentialsProblem());
        return;
      }
      const running = this.#make(credentials);
      this.#state = { kind: 'running', running };
      this.#startRunning(running);
    } catch (cause) {
      log.error(`no session: ${cause instanceof Error ? cause.name : 'fault'}`);
      // It was stopped: what fails here is nothing to a later start, nor is what was typed for that one its own.
      if (signal.aborted) return;
      this.#failToStart(sessionProblem({ code: 'internal', detail: '' }));
    } finally {
      conversation.sessionOpen = this.#open !== undefined;
      this.#show();
    }
  }

  #failToStart(failure: Problem): void {
    this.#failure = failure;
    this.pending.keep();
    if (this.#state.kind === 'starting') this.#state = IDLE;
  }

  #make(credentials: LiveCredentials): RunningSession {
    const running = new RunningSession({
      credentials,
      settings: this.#options.settings.current,
      tools: this.parts.toolbox.declare(),
      conversation: this.#options.conversation,
      log: this.#options.log,
      firstReply: this.#nextReply,
    });
    running.session.on('state', (state) => this.#sessionChanged(running, state));
    this.parts.sessionMade(running);
    for (const [topic, text] of this.pending.takeNotes()) running.session.tell(topic, text);
    return running;
  }

  #startRunning({ session }: RunningSession): void {
    this.parts.sessionStarts();
    const { about, texts } = this.pending.take();
    if (about !== undefined) session.tellOnce('asked about', about);
    for (const text of texts) session.sendText(text);
    session.start();
  }

  #stop({ running }: Extract<ControllerState, { kind: 'running' }>): Promise<void> {
    // At once: what is said last still goes out, but nothing is seen from now on.
    this.parts.shares.stopSharing();
    const stopped = this.#close(running).finally(() => {
      this.#state = (this.#state.kind === 'stopping' ? this.#state.next : undefined) ?? IDLE;
      this.#show();
    });
    this.#state = { kind: 'stopping', running, stopped, next: undefined };
    this.#show();
    return stopped;
  }

  /** The last of what was said goes out first, then the session closes. */
  async #close({ session }: RunningSession): Promise<void> {
    await this.parts.sound.microphone.close();
    await session.stop();
  }

  #sessionChanged(running: RunningSession, state: SessionState): void {
    if (state.kind === 'ended') {
      if (this.#state.kind === 'running') this.#state = IDLE;
      this.#nextReply = running.dispose();
      if (state.reason.kind === 'failed') this.#failure = sessionProblem(state.reason.failure);
      // Before its parts tell that they end: nobody is to see a session listen that is over.
      this.#show();
      this.parts.sessionEnds();
      this.#options.conversation.sessionOpen = false;
      running.sayEnded(state.reason);
    }
    this.#show();
  }

  get #facts(): SessionFacts {
    const { live, service } = this.settings;
    const open = this.#open;
    return {
      stopping: this.#state.kind === 'stopping',
      state: open?.session.state ?? NO_SESSION,
      startedAtMs: open?.startedAtMs,
      failure: this.#failure,
      model: live.model,
      service,
    };
  }

  #show(): void {
    this.#presenter.update(this.#facts);
  }
}
