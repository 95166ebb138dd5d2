import { randomUUID } from 'node:crypto';
import { UsageMeter, type UsageTotals } from './usage.ts';
import { Briefing } from './setup/briefing.ts';
import type { Failure } from './failure.ts';
import { checkAddress, hostName } from './connection/address.ts';
import { checkCredentials } from './connection/google-credentials.ts';
import { SupervisedConnection, type SessionContext, type LostSupervision } from './connection/supervised-connection.ts';
import { redactingLog } from './log.ts';
import type { LiveEvent } from './wire/live-event.ts';
import { capabilitiesOf } from './models.ts';
import { Outbound } from './outbox.ts';
import type { LivePicture } from './uplink/picture-queue.ts';
import { ReconnectPolicy } from './connection/reconnect-policy.ts';
import { createRedact } from './redact.ts';
import { Resumption } from './connection/resumption.ts';
import { type EndReason, type LiveSessionOptions, SessionEmitter, type SessionState } from './session-events.ts';
import { DEFAULT_TIMINGS } from './timings.ts';
import { type TurnEffect, Turns } from './turns/turns.ts';

/**
 * A spoken conversation with a Live model: `idle -> connecting -> live -> reconnecting -> live … -> ended`. Connections
 * come and go below it; conversation, microphone queue and reply numbers stay. Used once: a new conversation is a new session.
 */
export class LiveSession extends SessionEmitter {
  readonly #context: SessionContext;
  readonly #briefing: Briefing;
  readonly #turns: Turns;
  readonly #outbound: Outbound;
  readonly #usageMeter: UsageMeter;
  readonly #policy: ReconnectPolicy;
  readonly #resumption = new Resumption();
  #state: SessionState = { kind: 'idle' };
  #line: SupervisedConnection | undefined;
  #noticesGiven = false;
  #liveSinceMs: number | undefined;
  #retryTimer: NodeJS.Timeout | undefined;
  #stopping: Promise<void> | undefined;

  constructor(options: LiveSessionOptions) {
    super();
    const { credentials, settings } = options;
    const timings = { ...DEFAULT_TIMINGS, ...options.timings };
    const redact = createRedact(credentials.kind === 'gemini' ? [credentials.apiKey] : []);
    const log = redactingLog(options.log, redact);
    const mustWait = () => this.#turns.generating || this.#outbound.hasWordsOnTheirWay || !this.#resumption.isCurrent;
    this.#context = { credentials, settings, timings, log, redact, mustWait };
    const capabilities = capabilitiesOf(settings.model);
    this.#briefing = new Briefing({ settings, capabilities, history: options.history ?? [] });
    this.#turns = new Turns({
      idPrefix: randomUUID(),
      firstReply: options.firstReply ?? 1,
      nowMs: Date.now,
      timings,
    });
    this.#outbound = new Outbound({
      settings,
      capabilities,
      timings,
      log,
      onPictureSent: (picture) => this.announce(log, 'pictureSent', picture),
      onSpeech: (speaking) => this.announce(log, 'speech', speaking),
      onToolCall: (call) => this.announce(log, 'toolCall', call),
      onAsked: () => this.#line?.answerDue(),
      onWordsGone: () => this.#line?.recheck(),
    });
    this.#usageMeter = new UsageMeter({
      prices: capabilities.prices,
      log,
      onUsage: (totals) => this.announce(log, 'usage', totals),
    });
    this.#policy = new ReconnectPolicy(timings, options.random ?? Math.random);
  }

  get state(): SessionState {
    return this.#state;
  }

  get usage(): UsageTotals {
    return this.#usageMeter.totals;
  }

  /** The number the next reply will have. */
  get nextReply(): number {
    return this.#turns.nextReply;
  }

  /** Begins to connect. A second call does nothing. */
  start(): void {
    if (this.#state.kind !== 'idle') return;
    this.#setState({ kind: 'connecting' });
    const { credentials, settings, redact } = this.#context;
    const baseUrl = settings.baseUrl.trim();
    const refused = checkCredentials(credentials, redact(hostName(baseUrl))) ?? checkAddress(baseUrl);
    if (refused === undefined) this.#connect();
    else this.#ended({ kind: 'failed', failure: refused });
  }

  /** PCM16 little-endian, mono, 16 kHz, 20 to 100 ms. Kept for a few seconds while there is no connection. */
  sendMicrophone(pcm16: Uint8Array): void {
    if (!this.#isOver()) this.#outbound.microphone(pcm16);
  }

  /** Typed text: a turn of its own. Waits for the connection if there is none. */
  sendText(text: string): void {
    if (text.trim() === '' || this.#isOver()) return;
    this.#apply(this.#turns.typed(text, this.#outbound.textInterrupts));
    // Otherwise it goes with all that is unanswered, as soon as there is a connection.
    if (this.#state.kind === 'live') this.#outbound.text(text);
  }

  /**
   * A frame of something that is shared. It goes when nothing else waits to be sent, if it is then still the newest of its
   * source, wanted, and at most 2 s old; otherwise it is dropped. `pictureSent` tells of it if it went.
   */
  sendPicture(source: string, picture: LivePicture): void {
    if (!this.#isOver()) this.#outbound.picture(source, picture);
  }

  /**
   * A single picture. It goes at once, before anything that is typed afterwards, whatever its age, and waits for the
   * connection if there is none; only one that is not wanted any more, or that many others came after, is dropped, and with
   * it what was to be told of it. `pictureSent` tells of it, once more for each connection that has to be shown it again.
   *
   * @param about what the model is told of it, by a note: its name, who shows it
   * @returns false when the session is over
   */
  sendStill(still: LivePicture, about = ''): boolean {
    if (this.#isOver()) return false;
    this.#outbound.still(still, about);
    return true;
  }

  /**
   * Tells the model how things stand, without asking it anything. Marked with `NOTE_PREFIX`; the newest of a topic stands.
   * Sent when it interrupts nothing, and part of the instructions of every later connection.
   *
   * @param text at most 8,000 characters; undefined: what was told does not hold any more
   */
  tell(topic: string, text: string | undefined): void {
    if (!this.#isOver()) this.#outbound.note(topic, text);
  }

  /** The same for what is said once, and means nothing to a later session: said anew even in the same words. */
  tellOnce(topic: string, text: string): void {
    if (!this.#isOver()) this.#outbound.noteOnce(topic, text);
  }

  /** How much of a reply has left the loudspeaker, samples at 24 kHz from the reply's beginning. */
  played(reply: number, playedSamples: number): void {
    this.#apply(this.#turns.played(reply, playedSamples));
  }

  /**
   * Nobody is to play the audio that comes from now on: what is read counts as heard. Audio that came before is still heard
   * only when it is played.
   */
  setCaptionsOnly(captionsOnly: boolean): void {
    this.#turns.setCaptionsOnly(captionsOnly);
  }

  /** Ends the session. Resolves when its socket is closed; every call gives the same promise. */
  stop(): Promise<void> {
    this.#stopping ??= this.#stop();
    return this.#stopping;
  }

  /** Ends the session at once, without a closing handshake, and forgets all listeners. */
  dispose(): void {
    this.removeAllListeners();
    const line = this.#line;
    this.#ended({ kind: 'stopped' });
    line?.terminate();
  }

  async #stop(): Promise<void> {
    if (this.#isOver()) return;
    const line = this.#line;
    this.#outbound.microphoneOff();
    this.#apply(this.#turns.ended());
    clearTimeout(this.#retryTimer);
    this.#outbound.stop();
    await line?.close();
    this.#ended({ kind: 'stopped' });
  }

  #connect(): void {
    const { handle } = this.#resumption;
    const { config, textReplies, notices, retold } = this.#briefing.setup({
      handle,
      unanswered: this.#turns.unansweredTexts,
      notes: this.#outbound.instruction(handle !== undefined),
    });
    this.#turns.textReplies = textReplies;
    if (!this.#noticesGiven)
      for (const notice of notices) this.announce(this.#context.log, 'notice', this.#context.redact(notice));
    this.#noticesGiven = true;
    if (this.#isOver()) return;
    this.#line = new SupervisedConnection({
      ...this.#context,
      config,
      handle,
      onOpen: (line) => this.#opened(line, { resumed: handle !== undefined, retold }),
      onEvent: (event) => this.#handle(event),
      onDrain: () => this.#outbound.pump(),
      onRenew: () => {
        this.#outbound.connectionLost();
        this.#reconnecting({ attempt: 1 });
      },
      onLost: (lost) => this.#lost(lost),
    });
    this.#context.log.info(
      `connecting with ${this.#context.settings.model}${handle === undefined ? '' : ' to resume'}`,
    );
    this.#line.open();
  }

  #opened(line: SupervisedConnection, { resumed, retold }: { resumed: boolean; retold: boolean }): void {
    this.#policy.connectionOpened();
    const wasLive = this.#liveSinceMs !== undefined;
    this.#liveSinceMs ??= Date.now();
    if (retold && wasLive) {
      this.announce(
        this.#context.log,
        'notice',
        'The connection was lost and could not be resumed; the model was told again what was said.',
      );
    }
    const texts = this.#turns.unansweredTexts.map(({ text }) => text);
    this.#outbound.connected({ sink: line.sink, resumed, texts });
    this.#setState({ kind: 'live', sinceMs: this.#liveSinceMs });
  }

  #handle(event: LiveEvent): void {
    if (this.#resumption.onEvent(event)) this.#outbound.onHandle();
    this.#apply(this.#turns.handle(event));
    this.#usageMeter.onEvent(event);
    this.#outbound.onEvent(event);
  }

  #apply(effects: readonly TurnEffect[]): void {
    for (const effect of effects) {
      if (effect.type === 'entry') this.#briefing.keep(effect.entry);
      this.announceEffect(this.#context.log, effect);
    }
  }

  #lost({ expected, ...lost }: LostSupervision): void {
    this.#release();
    const decision = this.#policy.next(lost);
    // Who hears of the end silences the loudspeaker: then the rest of a reply is not heard any more.
    this.#apply(decision.kind === 'giveUp' ? this.#turns.ended() : this.#turns.connectionLost());
    if (decision.kind === 'giveUp') {
      this.#ended({ kind: 'failed', failure: decision.failure });
      return;
    }
    const { attempt, delayMs, dropHandle } = decision;
    if (dropHandle) this.#resumption.drop();
    if (this.#liveSinceMs !== undefined) {
      const retryAtMs = delayMs === 0 ? {} : { retryAtMs: Date.now() + delayMs };
      this.#reconnecting({ attempt, ...retryAtMs, ...(expected ? {} : { failure: lost.failure }) });
    }
    // A listener may have ended the session on hearing of it.
    if (!this.#isOver()) this.#retryTimer = setTimeout(() => this.#connect(), delayMs);
  }

  #reconnecting(about: { attempt: number; retryAtMs?: number; failure?: Failure }): void {
    const sinceMs = this.#state.kind === 'reconnecting' ? this.#state.sinceMs : Date.now();
    this.#setState({ kind: 'reconnecting', sinceMs, ...about });
  }

  /** Lets go of the connection and of everything that waits for it. */
  #release(): void {
    clearTimeout(this.#retryTimer);
    this.#line?.release();
    this.#line = undefined;
    this.#outbound.connectionLost();
  }

  #ended(reason: EndReason): void {
    if (this.#isOver()) return;
    this.#release();
    this.#outbound.dispose();
    this.#setState({ kind: 'ended', reason });
  }

  #isOver(): boolean {
    return this.#state.kind === 'ended';
  }

  #setState(state: SessionState): void {
    this.#state = state;
    this.#context.log.debug(`session: ${state.kind}`);
    this.announce(this.#context.log, 'state', state);
  }
}
