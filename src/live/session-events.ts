import { EventEmitter } from 'node:events';
import type { PersonEntry, ReplyEntry, SourcesEntry } from '../protocol/conversation.ts';
import type { Randomness } from './connection/reconnect-policy.ts';
import type { SessionNotice } from '../problems/session-codes.ts';
import type { Failure } from './failure.ts';
import type { LiveLog } from './log.ts';
import { describeError } from './redact.ts';
import type { LiveCredentials, LiveSettings } from './settings.ts';
import type { LiveTimings } from './timings.ts';
import type { ToolCall } from './tool-call.ts';
import type { LivePicture } from './uplink/picture-queue.ts';
import type { UsageTotals } from './usage.ts';

export type SessionState =
  | { readonly kind: 'idle' }
  | { readonly kind: 'connecting' }
  /** `sinceMs`: Unix time at which the session first became live. */
  | { readonly kind: 'live'; readonly sinceMs: number }
  | {
      readonly kind: 'reconnecting';
      readonly sinceMs: number;
      /** 1 for the first attempt since the last good connection. */
      readonly attempt: number;
      /** Unix time of the next attempt; absent where it is made at once. */
      readonly retryAtMs?: number;
      /** Absent when the connection is renewed as a matter of course. */
      readonly failure?: Failure;
    }
  | { readonly kind: 'ended'; readonly reason: EndReason };

export type EndReason = { readonly kind: 'stopped' } | { readonly kind: 'failed'; readonly failure: Failure };

/** None of these ever holds the key. */
export interface LiveSessionEvents {
  state: [state: SessionState];
  /** Added, or replaced by id. Late transcripts come out of order: `atMs` says where they belong. */
  entry: [entry: PersonEntry | ReplyEntry];
  /** The pages and searches that a reply rests on. Comes after the reply's entry. */
  sources: [reply: number, entry: SourcesEntry];
  /** PCM16 little-endian, mono, 24 kHz, in a buffer of its own. */
  audio: [reply: number, pcm16: Uint8Array];
  /** No more audio will come for this reply. */
  audioEnd: [reply: number];
  /** Silences all replies up to and including this one. */
  flush: [throughReply: number];
  usage: [totals: UsageTotals];
  /** What the person should be told, once. */
  notice: [notice: SessionNotice];
  /** A picture given to `sendPicture`, `sendStill` or a tool's answer has been handed to the network. */
  pictureSent: [picture: LivePicture];
  toolCall: [call: ToolCall];
  /** The microphone hears it before the service could say so. */
  speech: [speaking: boolean];
}

export interface LiveSessionOptions {
  readonly credentials: LiveCredentials;
  readonly settings: LiveSettings;
  readonly log: LiveLog;
  /** Numbers only grow, so a session begins with the last one's `nextReply`. */
  readonly firstReply?: number;
  /** What was said before this session; empty for a new conversation. */
  readonly history?: readonly (PersonEntry | ReplyEntry)[];
  readonly timings?: Partial<LiveTimings>;
  /** Jitter of the pauses between attempts. */
  readonly random?: Randomness;
}

/** One of them as it is emitted. */
export type SessionEvent<K extends keyof LiveSessionEvents = keyof LiveSessionEvents> = {
  [Name in K]: readonly [Name, ...LiveSessionEvents[Name]];
}[K];

export class SessionEmitter extends EventEmitter<LiveSessionEvents> {
  readonly #log: LiveLog;

  constructor(log: LiveLog) {
    super();
    this.#log = log;
  }

  /**
   * A listener that fails must not end a conversation, nor keep a socket open.
   *
   * @returns whether somebody listened, and did not fail
   */
  protected announce(...event: SessionEvent): boolean {
    try {
      // The overloads of EventEmitter do not see that the arguments fit the name.
      const [name, ...args] = event;
      return (this as EventEmitter).emit(name, ...args);
    } catch (error) {
      this.#log.error(`a listener of "${event[0]}" failed: ${describeError(error)}`);
      return false;
    }
  }
}
