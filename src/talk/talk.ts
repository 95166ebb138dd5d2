import * as vscode from 'vscode';
import type { Conversation } from '../conversations/conversation.ts';
import { LiveSession } from '../live/session.ts';
import type { SessionState } from '../live/session-events.ts';
import type { LiveCredentials, LiveSettings } from '../live/settings.ts';
import type { Problem, SessionView } from '../protocol/session-view.ts';
import type { SurfaceHub, SurfaceReport } from '../surface/hub.ts';
import { spokenDuration } from './duration.ts';
import { liveLog } from './live-log.ts';
import { MicrophoneDesk } from './microphone-desk.ts';
import type { PageLink } from './page-link.ts';
import { Playback } from './playback.ts';
import { sessionView } from './session-view.ts';
import type { TalkSettings } from './settings.ts';

interface TalkOptions {
  readonly hub: SurfaceHub;
  readonly conversation: Conversation;
  readonly log: vscode.LogOutputChannel;
  readonly page: PageLink;
  settings(): TalkSettings;
  /** What a session is made with; asks the person where nothing is known. Nothing when they changed their mind. */
  credentials(): Promise<LiveCredentials | undefined>;
}

/** The one owner of the session in this window: surfaces and commands ask it, and show what it says. */
export class Talk implements vscode.Disposable {
  private readonly options: TalkOptions;
  private readonly microphone: MicrophoneDesk;
  private readonly playback: Playback;
  private readonly changed = new vscode.EventEmitter<SessionView>();
  private readonly listeners: vscode.Disposable[];
  private session: LiveSession | undefined;
  private state: SessionState = { kind: 'idle' };
  private starting: Promise<void> | undefined;
  /** Grows with every stop, so that a start still on its way notices. */
  private epoch = 0;
  private startedAtMs: number | undefined;
  private failure: Problem | undefined;
  private speaker = { muted: false, locked: false };
  private speakerFailed = false;
  private nextReply = 1;
  private shown: SessionView;
  /** What the session shows differs from what is on screen. */
  readonly onDidChange = this.changed.event;

  constructor(options: TalkOptions) {
    this.options = options;
    const { hub, conversation, page } = options;
    this.microphone = new MicrophoneDesk({
      postToMedia: (message) => hub.postToMedia(message),
      broadcast: (message) => hub.broadcast(message),
      processing: () => options.settings().processing,
      canCapture: () => hub.mediaAbilities.has('microphone'),
    });
    this.playback = new Playback((message) => hub.postToMedia(message));
    this.shown = this.compute();
    this.listeners = [
      hub.onDidJoin((surface) => {
        surface.post({ type: 'session', session: this.shown });
        surface.post({ type: 'conversation', reset: true, entries: conversation.entries });
      }),
      hub.onDidChangeMedia((surface) => this.mediaChanged(surface !== undefined)),
      hub.onDidReceive(({ message }) => this.report(message)),
      page.onDidChange(() => this.show()),
      conversation.onDidChange((change) => hub.broadcast({ type: 'conversation', ...change })),
    ];
  }

  get view(): SessionView {
    return this.shown;
  }

  /** PCM16 at 24 kHz of the newest reply; empty when there was none. */
  get lastReply(): readonly Uint8Array[] {
    return this.playback.lastReply;
  }

  /** Begins a session. While one runs or is being made, this does nothing. Resolves when it has begun or was given up. */
  start(): Promise<void> {
    if (this.session !== undefined) return Promise.resolve();
    this.starting ??= this.begin().finally(() => {
      this.starting = undefined;
    });
    return this.starting;
  }

  /** Ends the session, or gives up making one. The conversation stays. */
  async stop(): Promise<void> {
    this.epoch += 1;
    await this.session?.stop();
  }

  /** Sends what the person typed; begins a session if none runs. */
  async type(text: string): Promise<void> {
    const words = text.trim();
    if (words === '') return;
    await this.start();
    this.session?.sendText(words);
  }

  toggleMicrophone(): void {
    if (this.session === undefined) return;
    this.microphone.setMuted(!this.microphone.muted);
    this.show();
  }

  toggleSpeaker(): void {
    this.speaker = { ...this.speaker, muted: !this.speaker.muted };
    this.options.hub.postToMedia({ type: 'speaker', muted: this.speaker.muted });
    this.show();
  }

  retryMicrophone(): void {
    this.microphone.retry();
  }

  /** Settings changed: what can change at once does; the rest holds from the next session on. */
  settingsChanged(): void {
    this.microphone.ask();
    this.show();
  }

  dispose(): void {
    this.epoch += 1;
    this.session?.dispose();
    for (const listener of this.listeners) listener.dispose();
    this.changed.dispose();
  }

  private async begin(): Promise<void> {
    const epoch = this.epoch;
    this.failure = undefined;
    this.show();
    const credentials = await this.options.credentials();
    if (credentials === undefined || epoch !== this.epoch) return;
    const settings = this.options.settings();
    this.session = this.open(credentials, settings.live);
    // First, so that the panel's microphone stays closed where a page is to listen.
    void this.options.page.sessionBegins().catch((cause: unknown) => this.options.log.error(String(cause)));
    this.microphone.openForSession();
    this.session.start();
  }

  private open(credentials: LiveCredentials, settings: LiveSettings): LiveSession {
    const { conversation, hub, log } = this.options;
    const session = new LiveSession({
      credentials,
      settings,
      log: liveLog(log),
      firstReply: this.nextReply,
      history: conversation.entries.filter((entry) => entry.kind !== 'notice'),
    });
    session.on('state', (state) => this.stateChanged(state));
    session.on('entry', (entry) => conversation.put(entry));
    session.on('notice', (sentence) => conversation.notice(sentence));
    session.on('audio', (reply, pcm16) => {
      this.playback.audio(reply, pcm16);
      this.show();
    });
    session.on('audioEnd', (reply) => this.playback.end(reply));
    session.on('flush', (throughReply) => {
      this.playback.flush(throughReply);
      this.show();
    });
    this.playback.silent = settings.reply === 'text';
    session.setCaptionsOnly(this.playback.silent || !hub.mediaAbilities.has('playback'));
    return session;
  }

  private stateChanged(state: SessionState): void {
    this.state = state;
    if (state.kind === 'live') this.startedAtMs ??= state.sinceMs;
    if (state.kind === 'ended') this.ended(state);
    this.show();
  }

  private ended({ reason }: Extract<SessionState, { kind: 'ended' }>): void {
    this.nextReply = this.session?.nextReply ?? this.nextReply;
    this.session?.dispose();
    this.session = undefined;
    this.playback.silence();
    this.microphone.closeAfterSession();
    this.options.page.sessionEnds();
    if (reason.kind === 'failed') this.failure = reason.failure;
    if (this.startedAtMs !== undefined) {
      const why = reason.kind === 'failed' ? ` ${reason.failure.sentence}` : '';
      const lasted = spokenDuration(Date.now() - this.startedAtMs);
      this.options.conversation.notice(`Session ended after ${lasted}.${why}`);
    }
    this.startedAtMs = undefined;
  }

  private mediaChanged(present: boolean): void {
    this.microphone.surfaceGone();
    this.speaker = { ...this.speaker, locked: false };
    this.speakerFailed = false;
    if (present) {
      this.microphone.ask();
      this.options.hub.postToMedia({ type: 'speaker', muted: this.speaker.muted });
      this.playback.handOver();
    }
    const canPlay = this.options.hub.mediaAbilities.has('playback');
    this.session?.setCaptionsOnly(this.playback.silent || !canPlay);
    this.show();
  }

  private report(message: SurfaceReport): void {
    switch (message.type) {
      case 'microphoneChunk':
        if (this.microphone.accepts(message)) this.session?.sendMicrophone(message.pcm16);
        return;
      case 'microphoneState':
        if (message.state.kind === 'failed') {
          this.options.log.warn(`microphone: ${message.state.reason} (${message.state.detail})`);
        }
        this.microphone.report(message.state);
        return this.show();
      case 'speakerFailed':
        this.options.log.warn(`loudspeaker: ${message.reason} (${message.detail})`);
        if (message.reason === 'overflow') return;
        this.speakerFailed = true;
        this.session?.setCaptionsOnly(true);
        return this.show();
      case 'played': {
        const heard = this.playback.played(message.reply, message.playedSamples);
        if (heard !== undefined) this.session?.played(message.reply, heard);
        return this.show();
      }
      case 'speakerLocked':
        this.speaker = { ...this.speaker, locked: message.locked };
        return this.show();
      case 'panelTheme':
      case 'chooseDevice':
        return;
      case 'intent':
        return; // Carried out by the commands (`ui/intents.ts`).
    }
  }

  private compute(): SessionView {
    const { live, service } = this.options.settings();
    return sessionView({
      state: this.state,
      startedAtMs: this.startedAtMs,
      failure: this.failure,
      page: this.options.page.problem,
      speaking: this.playback.speaking,
      microphone: this.microphone,
      speaker: this.speaker,
      speakerFailed: this.speakerFailed,
      model: live.model,
      service,
      canSaveReply: this.playback.lastReply.length > 0,
    });
  }

  /** Tells everyone what is to be seen now, if it is anything new. */
  private show(): void {
    const view = this.compute();
    if (JSON.stringify(view) === JSON.stringify(this.shown)) return;
    this.shown = view;
    this.options.hub.broadcast({ type: 'session', session: view });
    this.changed.fire(view);
  }
}
