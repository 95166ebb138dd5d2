import { randomUUID } from 'node:crypto';
import { ReconnectingConnection, type Reconnection } from './connection/reconnecting-connection.ts';
import type { SessionContext } from './connection/supervised-connection.ts';
import { capabilitiesOf } from './models.ts';
import { NoteSender } from './notes/note-sender.ts';
import { Redactor } from './redact.ts';
import { SessionEmitter, type EndReason, type LiveSessionOptions, type SessionState } from './session-events.ts';
import type { SessionPart } from './session-part.ts';
import { Briefing } from './setup/briefing.ts';
import { DEFAULT_TIMINGS } from './timings.ts';
import { noSuchTool, ToolCalls } from './tool-calls/tool-calls.ts';
import { Turns, type TurnEffect } from './turns/turns.ts';
import { PendingSpeech } from './uplink/pending-speech.ts';
import type { LivePicture } from './uplink/picture-queue.ts';
import { SpeechDetector } from './uplink/speech-detector.ts';
import { Stills } from './uplink/stills.ts';
import { Uplink, type UplinkSink } from './uplink/uplink.ts';
import { UsageMeter, type UsageTotals } from './usage.ts';
import type { LiveEvent } from './wire/live-event.ts';

/**
 * A spoken conversation with a Live model: `idle -> connecting -> live -> reconnecting -> live … -> ended`. Connections come
 * and go; conversation, microphone queue and reply numbers stay. A new conversation is a new session.
 */
export class LiveSession extends SessionEmitter {
  readonly #context: SessionContext;
  readonly #connection: ReconnectingConnection;
  readonly #briefing: Briefing;
  readonly #turns: Turns;
  readonly #usageMeter: UsageMeter;
  readonly #uplink: Uplink;
  readonly #detector: SpeechDetector;
  readonly #pendingSpeech: PendingSpeech;
  readonly #calls: ToolCalls;
  readonly #stills: Stills;
  readonly #notes: NoteSender;
  /** Tool results and pictures come before notes and typed text, which may speak of them. */
  readonly #parts: readonly SessionPart[];
  #state: SessionState = { kind: 'idle' };
  #noticesGiven = false;
  /** A fresh session is told what was said before. */
  #isRetelling = false;
  #liveSinceMs: number | undefined;
  #stopping: Promise<void> | undefined;

  constructor(options: LiveSessionOptions) {
    const { credentials, settings } = options;
    const redactor = new Redactor(credentials.kind === 'gemini' ? [credentials.apiKey] : []);
    const log = redactor.log(options.log);
    super(log);
    const timings = { ...DEFAULT_TIMINGS, ...options.timings };
    const capabilities = capabilitiesOf(settings.model);
    this.#context = { credentials, settings, timings, log, redactor };
    this.#briefing = new Briefing({ settings, capabilities, history: options.history ?? [] });
    this.#turns = new Turns({ idPrefix: randomUUID(), firstReply: options.firstReply ?? 1, clock: Date, timings });
    this.#usageMeter = new UsageMeter(capabilities.prices, log);
    this.#uplink = new Uplink({ log, microphonePauseMs: timings.microphonePauseMs });
    this.#detector = new SpeechDetector(settings.voiceActivity.silenceMs);
    this.#pendingSpeech = new PendingSpeech(timings.spokenWordsMs);
    this.#calls = new ToolCalls({ declared: settings.tools, capabilities, log, uplink: this.#uplink });
    this.#stills = new Stills(this.#uplink);
    this.#notes = new NoteSender({ capabilities, timings, uplink: this.#uplink, calls: this.#calls });
    this.#parts = [this.#usageMeter, this.#calls, this.#pendingSpeech, this.#stills, this.#notes];
    this.#connection = new ReconnectingConnection(this.#context, options.random ?? Math);
    this.#listenToParts();
    this.#listenToConnection();
  }

  get state(): SessionState {
    return this.#state;
  }

  get usage(): UsageTotals {
    return this.#usageMeter.totals;
  }

  get nextReply(): number {
    return this.#turns.nextReply;
  }

  /** Begins to connect. A second call does nothing. */
  start(): void {
    if (this.#state.kind !== 'idle') return;
    this.#setState({ kind: 'connecting' });
    const failure = this.#connection.check();
    if (failure === undefined) this.#connect();
    else this.#ended({ kind: 'failed', failure });
  }

  /** PCM16 little-endian, mono, 16 kHz, 20 to 100 ms. Kept for a few seconds without a connection. */
  sendMicrophone(pcm16: Uint8Array): void {
    if (this.#isOver()) return;
    this.#uplink.pushAudio(pcm16);
    this.#onSpeech(this.#detector.push(pcm16));
  }

  /** Typed text is a turn of its own, and waits for the connection. */
  sendText(text: string): void {
    if (text.trim() === '' || this.#isOver()) return;
    this.#apply(this.#turns.typed(text, this.#notes.textInterrupts));
    // A new connection begins with all unanswered texts.
    if (this.#state.kind === 'live') this.#notes.sendText(text);
  }

  /**
   * A frame of something that is shared. It goes when nothing else waits, if it is then the newest of its source,
   * wanted, and at most 2 s old.
   */
  sendPicture(source: string, picture: LivePicture): void {
    if (!this.#isOver()) this.#uplink.pushPicture(source, picture);
  }

  /**
   * A single picture. It goes before anything that is typed afterwards, on each connection that has to be shown it. It
   * is dropped, with its note, when nobody wants it or many others came after it.
   *
   * @param about a note to the model about it
   * @returns false when the session is over
   */
  sendStill(still: LivePicture, about = ''): boolean {
    if (this.#isOver()) return false;
    this.#stills.show(still, about);
    return true;
  }

  /**
   * Tells the model how things stand, without interrupting it. Later connections have it in their instructions.
   * Undefined withdraws the note of a topic. At most 8,000 characters.
   */
  tell(topic: string, text: string | undefined): void {
    if (!this.#isOver()) this.#notes.tell(topic, text);
  }

  /** A note that later sessions need not hear. It is said anew even in the same words. */
  tellOnce(topic: string, text: string): void {
    if (!this.#isOver()) this.#notes.tellOnce(topic, text);
  }

  /** @param playedSamples at 24 kHz, from the beginning of the reply */
  played(reply: number, playedSamples: number): void {
    this.#apply(this.#turns.played(reply, playedSamples));
  }

  /** Nobody plays the audio that comes from now on, so what is read counts as heard. */
  setCaptionsOnly(captionsOnly: boolean): void {
    this.#turns.setCaptionsOnly(captionsOnly);
  }

  /** Ends the session. Resolves when its socket is closed. */
  stop(): Promise<void> {
    this.#stopping ??= this.#stop();
    return this.#stopping;
  }

  /** Ends the session without a closing handshake, and forgets all listeners. */
  dispose(): void {
    this.removeAllListeners();
    this.#ended({ kind: 'stopped' });
    this.#connection.terminate();
  }

  #listenToParts(): void {
    this.#uplink.on('pause', () => this.#onSpeech(this.#detector.pause()));
    this.#uplink.on('pictureSent', (picture) => this.announce('pictureSent', picture));
    this.#calls.on('call', (call) => {
      // The first answer stands, where a listener gave one and failed.
      if (!this.announce('toolCall', call)) call.answer(noSuchTool(call.name));
    });
    this.#stills.on('note', (topic, text) => this.#notes.tell(topic, text, text !== undefined));
    this.#notes.on('asked', () => this.#connection.answerDue());
    this.#pendingSpeech.on('gone', () => this.#renewIfIdle());
  }

  #listenToConnection(): void {
    this.#connection.on('open', (sink, resumed) => this.#onOpen(sink, resumed));
    this.#connection.on('handle', () => {
      for (const part of this.#parts) part.onHandle?.();
    });
    this.#connection.on('event', (event) => this.#onEvent(event));
    this.#connection.on('drain', () => this.#uplink.pump());
    this.#connection.on('renew', () => {
      this.#disconnect();
      this.#reconnecting({ attempt: 1, delayMs: 0 });
    });
    this.#connection.on('lost', (next) => {
      this.#disconnect();
      this.#apply(this.#turns.connectionLost());
      if (this.#liveSinceMs !== undefined) this.#reconnecting(next);
    });
    this.#connection.on('retry', () => this.#connect());
    this.#connection.on('failed', (failure) => {
      this.#disconnect();
      // Whoever hears of the end silences the loudspeaker.
      this.#apply(this.#turns.ended());
      this.#ended({ kind: 'failed', failure });
    });
  }

  #connect(): void {
    const { handle } = this.#connection;
    const resumed = handle !== undefined;
    for (const part of this.#parts) part.onConnecting?.(resumed);
    const { config, textReplies, notices, retold } = this.#briefing.setup({
      handle,
      unanswered: this.#turns.unansweredTexts,
      notes: this.#notes.instruction(resumed),
    });
    this.#turns.textReplies = textReplies;
    this.#isRetelling = retold;
    for (const { code, about } of this.#noticesGiven ? [] : notices)
      this.announce('notice', { code, about: this.#context.redactor.redactAll(about) });
    this.#noticesGiven = true;
    if (!this.#isOver()) this.#connection.connect(config);
  }

  #onOpen(sink: UplinkSink, resumed: boolean): void {
    if (this.#isRetelling && this.#liveSinceMs !== undefined) {
      this.announce('notice', { code: 'context-retold', about: {} });
    }
    this.#liveSinceMs ??= Date.now();
    for (const part of this.#parts) part.onConnected?.(resumed);
    for (const { text } of this.#turns.unansweredTexts) this.#notes.sendText(text);
    this.#uplink.attach(sink);
    this.#setState({ kind: 'live', sinceMs: this.#liveSinceMs });
  }

  #onEvent(event: LiveEvent): void {
    this.#apply(this.#turns.onEvent(event));
    for (const part of this.#parts) part.onEvent?.(event);
    if (event.type === 'usage') this.announce('usage', this.usage);
    this.#renewIfIdle();
  }

  #onSpeech(changes: readonly boolean[]): void {
    for (const speaking of changes) {
      for (const part of this.#parts) part.onSpeech?.(speaking);
      this.announce('speech', speaking);
    }
  }

  #renewIfIdle(): void {
    if (!this.#turns.generating && !this.#pendingSpeech.isPending) this.#connection.renewIfEnding();
  }

  #apply(effects: readonly TurnEffect[]): void {
    for (const effect of effects) {
      if (effect[0] === 'oddity') {
        this.#context.log.warn(effect[1]);
        continue;
      }
      if (effect[0] === 'entry') this.#briefing.keep(effect[1]);
      this.announce(...effect);
    }
  }

  #reconnecting({ attempt, delayMs, failure }: Reconnection): void {
    const now = Date.now();
    this.#setState({
      kind: 'reconnecting',
      sinceMs: this.#state.kind === 'reconnecting' ? this.#state.sinceMs : now,
      attempt,
      ...(delayMs === 0 ? {} : { retryAtMs: now + delayMs }),
      ...(failure === undefined ? {} : { failure }),
    });
  }

  #disconnect(): void {
    this.#uplink.detach();
    for (const part of this.#parts) part.onDisconnected?.();
  }

  async #stop(): Promise<void> {
    if (this.#isOver()) return;
    this.#uplink.endAudioStream();
    this.#apply(this.#turns.ended());
    this.#disconnect();
    this.#calls.dispose();
    await this.#connection.close();
    this.#ended({ kind: 'stopped' });
  }

  #ended(reason: EndReason): void {
    if (this.#isOver()) return;
    this.#connection.release();
    this.#disconnect();
    this.#calls.dispose();
    this.#uplink.dispose();
    this.#setState({ kind: 'ended', reason });
  }

  #isOver(): boolean {
    return this.#state.kind === 'ended';
  }

  #setState(state: SessionState): void {
    this.#state = state;
    this.#context.log.debug(`session: ${state.kind}`);
    this.announce('state', state);
  }
}
