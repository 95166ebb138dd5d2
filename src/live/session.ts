import { randomUUID } from 'node:crypto';
import type { Failure } from './failure.ts';
import { checkAddress, hostName } from './address.ts';
import { checkCredentials } from './google-credentials.ts';
import { Line, type LineContext, type LostLine } from './line.ts';
import { redactingLog } from './log.ts';
import { Memory } from './memory.ts';
import type { LiveEvent } from './messages.ts';
import { capabilitiesOf, type ModelCapabilities } from './models.ts';
import { ReconnectPolicy } from './reconnect.ts';
import { createRedact } from './redact.ts';
import { Resumption } from './resumption.ts';
import { SessionEmitter } from './session-emitter.ts';
import type { EndReason, LiveSessionOptions, SessionState } from './session-events.ts';
import { buildSetup } from './setup.ts';
import { DEFAULT_TIMINGS } from './timings.ts';
import { answerUndeclared } from './undeclared-tool.ts';
import { Turns, type TurnEffect } from './turns.ts';
import { MetNames } from './unread-fields.ts';
import { Uplink } from './uplink.ts';
import { Usage, type UsageTotals } from './usage.ts';

/**
 * A spoken conversation with a Live model: `idle -> connecting -> live -> reconnecting -> live … -> ended`. Connections
 * come and go below it; conversation, microphone queue and reply numbers stay. Used once: a new conversation is a new session.
 */
export class LiveSession extends SessionEmitter {
  readonly #context: LineContext;
  readonly #capabilities: ModelCapabilities;
  readonly #turns: Turns;
  readonly #uplink: Uplink;
  readonly #usage: Usage;
  readonly #policy: ReconnectPolicy;
  readonly #memory = new Memory();
  readonly #resumption = new Resumption();
  readonly #unreadFields = new MetNames();
  #state: SessionState = { kind: 'idle' };
  #line: Line | undefined;
  #noticesGiven = false;
  #liveSinceMs: number | undefined;
  #retryTimer: NodeJS.Timeout | undefined;
  #stopping: Promise<void> | undefined;
  /** What the model was told of earlier at the last fresh start; resuming takes instructions anew, so it is told again. */
  #history: string | undefined;

  constructor(options: LiveSessionOptions) {
    super();
    const { credentials, settings } = options;
    const timings = { ...DEFAULT_TIMINGS, ...options.timings };
    const redact = createRedact(credentials.kind === 'gemini' ? [credentials.apiKey] : []);
    const log = redactingLog(options.log, redact);
    const mustWait = () => this.#turns.generating || !this.#resumption.isCurrent;
    this.#context = { credentials, settings, timings, log, redact, mustWait };
    this.#capabilities = capabilitiesOf(settings.model);
    this.#turns = new Turns({
      idPrefix: randomUUID(),
      firstReply: options.firstReply ?? 1,
      nowMs: Date.now,
      timings,
    });
    this.#uplink = new Uplink({ log, microphonePauseMs: timings.microphonePauseMs });
    this.#usage = new Usage(this.#capabilities.prices);
    this.#policy = new ReconnectPolicy(timings, options.random ?? Math.random);
    for (const entry of options.history ?? []) this.#memory.keep(entry);
  }

  get state(): SessionState {
    return this.#state;
  }

  get usage(): UsageTotals {
    return this.#usage.totals;
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
    if (this.#isOver()) return;
    this.#uplink.pushAudio(pcm16);
  }

  /** Typed text: a turn of its own. Waits for the connection if there is none. */
  sendText(text: string): void {
    if (text.trim() === '' || this.#isOver()) return;
    this.#apply(this.#turns.typed(text, this.#capabilities.typedText === 'clientContent'));
    // Otherwise it goes with all that is unanswered, as soon as there is a connection.
    if (this.#state.kind === 'live') this.#pushText(text);
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
    this.#uplink.endAudioStream();
    this.#apply(this.#turns.ended());
    clearTimeout(this.#retryTimer);
    this.#uplink.detach();
    await line?.close();
    this.#ended({ kind: 'stopped' });
  }

  #connect(): void {
    const handle = this.#resumption.handle;
    if (handle === undefined) {
      this.#history = this.#memory.asInstruction(new Set(this.#turns.unansweredTexts.map(({ id }) => id)));
    }
    const renewed = handle === undefined && this.#history !== undefined;
    const setup = buildSetup({
      settings: this.#context.settings,
      capabilities: this.#capabilities,
      ...(handle === undefined ? {} : { handle }),
      history: this.#history,
    });
    this.#turns.textReplies = setup.textReplies;
    if (!this.#noticesGiven)
      for (const notice of setup.notices) this.tell(this.#context.log, 'notice', this.#context.redact(notice));
    this.#noticesGiven = true;
    if (this.#isOver()) return;
    this.#line = new Line({
      ...this.#context,
      config: setup.config,
      handle,
      onOpen: (line) => this.#opened(line, renewed),
      onEvent: (event) => this.#handle(event),
      onDrain: () => this.#uplink.pump(),
      onRenew: () => {
        this.#uplink.detach();
        this.#reconnecting({ attempt: 1 });
      },
      onLost: (lost) => this.#lost(lost),
    });
    this.#context.log.info(
      `connecting with ${this.#context.settings.model}${handle === undefined ? '' : ' to resume'}`,
    );
    this.#line.open();
  }

  #opened(line: Line, renewed: boolean): void {
    this.#policy.connectionOpened();
    const wasLive = this.#liveSinceMs !== undefined;
    this.#liveSinceMs ??= Date.now();
    if (renewed && wasLive) {
      this.tell(
        this.#context.log,
        'notice',
        'The connection was lost and could not be resumed; the model was told again what was said.',
      );
    }
    for (const { text } of this.#turns.unansweredTexts) this.#pushText(text);
    this.#uplink.attach(line.sink);
    this.#setState({ kind: 'live', sinceMs: this.#liveSinceMs });
  }

  #handle(event: LiveEvent): void {
    this.#resumption.saw(event);
    this.#apply(this.#turns.handle(event));
    switch (event.type) {
      case 'audio':
      case 'outputTranscript':
      case 'text':
        this.#usage.outputCame();
        break;
      case 'turnComplete':
        this.#usage.turnCompleted();
        break;
      case 'usage':
        this.#usage.report(event.usage);
        this.tell(this.#context.log, 'usage', this.usage);
        break;
      case 'toolCall':
        for (const answer of event.calls.map(answerUndeclared))
          if (answer !== undefined) this.#uplink.pushControl(answer);
        this.#context.log.warn('the model called a tool, and none is declared');
        break;
      case 'malformed':
        this.#context.log.warn(`skipped: ${event.what}`);
        break;
      case 'unread':
        for (const field of this.#unreadFields.meet(event.fields)) this.#context.log.debug(`unused field: ${field}`);
        break;
      default:
    }
  }

  #apply(effects: readonly TurnEffect[]): void {
    for (const effect of effects) {
      if (effect.type === 'entry') this.#memory.keep(effect.entry);
      this.tellEffect(this.#context.log, effect);
    }
  }

  #lost({ expected, ...lost }: LostLine): void {
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

  #pushText(text: string): void {
    this.#uplink.pushControl({ type: 'text', text, path: this.#capabilities.typedText });
    this.#line?.answerDue();
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
    this.#uplink.detach();
  }

  #ended(reason: EndReason): void {
    if (this.#isOver()) return;
    this.#release();
    this.#uplink.dispose();
    this.#setState({ kind: 'ended', reason });
  }

  #isOver(): boolean {
    return this.#state.kind === 'ended';
  }

  #setState(state: SessionState): void {
    this.#state = state;
    this.#context.log.debug(`session: ${state.kind}`);
    this.tell(this.#context.log, 'state', state);
  }
}
