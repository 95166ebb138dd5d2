import { EventEmitter } from 'node:events';
import type { LiveLog } from './log.ts';
import { describeError } from './redact.ts';
import type { LiveSessionEvents } from './session-events.ts';
import type { TurnEffect } from './turns/turns.ts';

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
