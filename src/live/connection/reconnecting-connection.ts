import { EventEmitter } from 'node:events';
import type { LiveConnectConfig } from '@google/genai';
import type { Failure } from '../failure.ts';
import type { UplinkSink } from '../uplink/uplink.ts';
import type { LiveEvent } from '../wire/live-event.ts';
import { checkAddress, hostName } from './address.ts';
import { checkCredentials } from './google-credentials.ts';
import { ReconnectPolicy, type Randomness } from './reconnect-policy.ts';
import { SupervisedConnection, type ConnectionLoss, type SessionContext } from './supervised-connection.ts';

export interface Reconnection {
  /** 1 for the first attempt since the last good connection. */
  readonly attempt: number;
  readonly delayMs: number;
  readonly failure?: Failure;
}

interface ReconnectingConnectionEvents {
  open: [sink: UplinkSink, resumed: boolean];
  /** Told before the event it comes with. */
  handle: [];
  event: [event: LiveEvent];
  drain: [];
  renew: [];
  lost: [next: Reconnection];
  /** It is time to `connect` again. */
  retry: [];
  /** No other connection will do any better. */
  failed: [failure: Failure];
}

/** The connections of a session, one after the other, each resumed with the newest handle. */
export class ReconnectingConnection extends EventEmitter<ReconnectingConnectionEvents> {
  readonly #context: SessionContext;
  readonly #policy: ReconnectPolicy;
  readonly #resumption = new Resumption();
  #current: SupervisedConnection | undefined;
  #retryTimer: NodeJS.Timeout | undefined;
  #isOver = false;

  constructor(context: SessionContext, random: Randomness) {
    super();
    this.#context = context;
    this.#policy = new ReconnectPolicy(context.timings, random);
  }

  /** Undefined: a fresh session. */
  get handle(): string | undefined {
    return this.#resumption.handle;
  }

  /** @returns what is wrong with credentials or address */
  check(): Failure | undefined {
    const { credentials, settings, redactor } = this.#context;
    const baseUrl = settings.baseUrl.trim();
    return checkCredentials(credentials, redactor.redact(hostName(baseUrl))) ?? checkAddress(baseUrl);
  }

  connect(config: LiveConnectConfig): void {
    const { handle } = this;
    const { log, settings } = this.#context;
    const connection = new SupervisedConnection({ ...this.#context, config, handle });
    this.#current = connection;
    connection.on('open', () => {
      this.#policy.connectionOpened();
      this.emit('open', connection.sink, handle !== undefined);
    });
    connection.on('event', (event) => {
      if (this.#resumption.onEvent(event)) this.emit('handle');
      this.emit('event', event);
    });
    connection.on('drain', () => this.emit('drain'));
    connection.on('renew', () => this.emit('renew'));
    connection.on('lost', (loss) => this.#onLost(loss));
    log.info(`connecting with ${settings.model}${handle === undefined ? '' : ' to resume'}`);
    connection.open();
  }

  answerDue(): void {
    this.#current?.answerDue();
  }

  /** To be called while nobody says anything: if the end was announced, this is the moment for it. */
  renewIfEnding(): void {
    if (this.#resumption.isCurrent) this.#current?.renewIfEnding();
  }

  /** Nothing more is told, and no other connection follows. */
  release(): void {
    this.#isOver = true;
    clearTimeout(this.#retryTimer);
    this.#current?.release();
  }

  async close(): Promise<void> {
    this.release();
    await this.#current?.close();
  }

  terminate(): void {
    this.release();
    this.#current?.terminate();
  }

  #onLost({ expected, ...lost }: ConnectionLoss): void {
    this.#current = undefined;
    const decision = this.#policy.next(lost);
    if (decision.kind === 'giveUp') {
      this.emit('failed', decision.failure);
      return;
    }
    const { attempt, delayMs, dropHandle } = decision;
    if (dropHandle) this.#resumption.drop();
    this.emit('lost', { attempt, delayMs, ...(expected ? {} : { failure: lost.failure }) });
    // A listener may have ended the session on hearing of it.
    if (!this.#isOver) this.#retryTimer = setTimeout(() => this.emit('retry'), delayMs);
  }
}

/**
 * The newest handle that the session can be resumed with. While the model generates or waits for a tool, the last good
 * one leads back to the moment before.
 */
class Resumption {
  #handle: string | undefined;
  #isCurrent = false;

  get handle(): string | undefined {
    return this.#handle;
  }

  get isCurrent(): boolean {
    return this.#isCurrent;
  }

  /** @returns whether a handle came that leads back to this very moment */
  onEvent(event: LiveEvent): boolean {
    switch (event.type) {
      case 'resumption':
        this.#isCurrent = event.resumable && event.handle !== undefined;
        if (this.#isCurrent) this.#handle = event.handle;
        return this.#isCurrent;
      case 'audio':
      case 'outputTranscript':
      case 'inputTranscript':
      case 'toolCall':
        this.#isCurrent = false;
        return false;
      case 'interactionStatus':
        // The handle does not have what the model is thinking about.
        if (event.status === 'IN_PROGRESS') this.#isCurrent = false;
        return false;
      default:
        return false;
    }
  }

  drop(): void {
    this.#handle = undefined;
    this.#isCurrent = false;
  }
}
