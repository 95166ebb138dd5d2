import type { PersonEntry, ReplyEntry, SourcesEntry } from '../protocol/conversation.ts';
import type { Failure } from './failure.ts';
import type { LiveLog } from './log.ts';
import type { LivePicture } from './uplink/picture-queue.ts';
import type { LiveCredentials, LiveSettings } from './settings.ts';
import type { LiveTimings } from './timings.ts';
import type { ToolCall } from './tool-call.ts';
import type { UsageTotals } from './usage.ts';
import { EventEmitter } from 'node:events';
import { describeError } from './redact.ts';
import type { TurnEffect } from './turns/turns.ts';

export type SessionState =
  | { readonly kind: 'idle' }
  | { readonly kind: 'connecting' }
  /** `sinceMs`: Unix time at which the session first became live; resuming does not change it. */
  | { readonly kind: 'live'; readonly sinceMs: number }
  | {
      readonly kind: 'reconnecting';
      readonly sinceMs: number;
      /** 1 for the first attempt since the last good connection. */
      readonly attempt: number;
      /** Unix time of the next attempt, where it is not made at once. */
      readonly retryAtMs?: number;
      /** Why the connection was lost; absent when it is renewed as a matter of course. */
      readonly failure?: Failure;
    }
  | { readonly kind: 'ended'; readonly reason: EndReason };

export type EndReason = { readonly kind: 'stopped' } | { readonly kind: 'failed'; readonly failure: Failure };

/** What a session tells. Nothing in it ever holds the key. */
export interface LiveSessionEvents {
  state: [state: SessionState];
  /** To add or to replace by id. In order of appearance but for late transcripts: `atMs` says where an entry belongs. */
  entry: [entry: PersonEntry | ReplyEntry];
  /** What a reply rests on that was grounded in Google Search. To add or to replace by id; comes after the reply's entry. */
  sources: [reply: number, entry: SourcesEntry];
  /** PCM16 little-endian, mono, 24 kHz; the array has a buffer of its own. */
  audio: [reply: number, pcm16: Uint8Array];
  /** No more audio will come for this reply. */
  audioEnd: [reply: number];
  /** Silence all replies up to and including this one. */
  flush: [throughReply: number];
  usage: [totals: UsageTotals];
  /** One plain sentence for the person. */
  notice: [sentence: string];
  /** A picture given to `sendPicture`, `sendStill` or a tool's answer has been handed to the network. */
  pictureSent: [picture: LivePicture];
  /** The model calls a declared tool and waits for its answer. */
  toolCall: [call: ToolCall];
  /** The person began or stopped speaking, as the microphone itself sounds: at once, before the service could say so. */
  speech: [speaking: boolean];
}

export interface LiveSessionOptions {
  readonly credentials: LiveCredentials;
  readonly settings: LiveSettings;
  readonly log: LiveLog;
  /** The number of the first reply; numbers only grow, so the next session begins with the last one's `nextReply`. */
  readonly firstReply?: number;
  /** What was said before this session, for the model to go on from; empty for a new conversation. */
  readonly history?: readonly (PersonEntry | ReplyEntry)[];
  readonly timings?: Partial<LiveTimings>;
  /** 0 to 1; jitter of the pauses between attempts. */
  readonly random?: () => number;
}

/** Tells a session's events to its listeners. */
export class SessionEmitter extends EventEmitter<LiveSessionEvents> {
  /**
   * A listener that fails is a fault of its own: it must not end a conversation, nor keep a socket from being closed.
   *
   * @returns whether somebody listened, and did not fail
   */
  protected announce<K extends keyof LiveSessionEvents>(
    log: LiveLog,
    event: K,
    ...args: LiveSessionEvents[K]
  ): boolean {
    try {
      // One call for all events: the overloads of EventEmitter do not see that `args` fits `event`.
      return (this as EventEmitter).emit(event, ...args);
    } catch (error) {
      log.error(`a listener of "${event}" failed: ${describeError(error)}`);
      return false;
    }
  }

  /** What changed in the conversation, to whom it concerns. */
  protected announceEffect(log: LiveLog, effect: TurnEffect): void {
    switch (effect.type) {
      case 'entry':
        this.announce(log, 'entry', effect.entry);
        return;
      case 'sources':
        this.announce(log, 'sources', effect.reply, effect.entry);
        return;
      case 'audio':
        this.announce(log, 'audio', effect.reply, effect.pcm16);
        return;
      case 'audioEnd':
        this.announce(log, 'audioEnd', effect.reply);
        return;
      case 'flush':
        this.announce(log, 'flush', effect.throughReply);
        return;
      case 'notice':
        this.announce(log, 'notice', effect.sentence);
        return;
      case 'oddity':
        log.warn(effect.what);
    }
  }
}
