// Everything that happens, in order, and a way to wait for it.
import type { Utterance } from '../session/hearing.ts';
import type { ReplyRecord } from '../session/reply-record.ts';
import type { ToolCallRecord } from '../session/tool-calls.ts';
import type { JsonObject } from '../wire/json-value.ts';
import type { FunctionResponse, Picture } from '../wire/message-rules.ts';
import type { CloseReason } from '../wire/reasons.ts';

export type EventDetail =
  | { type: 'refused'; status: number | 'never' }
  | { type: 'connected' }
  | { type: 'setup'; setup: JsonObject }
  | { type: 'setup-complete'; resumed: boolean }
  | { type: 'audio'; totalSamples: number }
  | { type: 'speech-started'; startSample: number }
  | { type: 'utterance'; utterance: Utterance }
  | { type: 'text'; text: string; via: 'realtimeInput' | 'clientContent' }
  | { type: 'picture'; picture: Picture }
  | { type: 'tool-call'; calls: readonly ToolCallRecord[] }
  | { type: 'tool-response'; responses: readonly FunctionResponse[] }
  | { type: 'reply-started'; reply: ReplyRecord }
  | { type: 'generation-complete'; reply: ReplyRecord }
  | { type: 'interrupted'; reply: ReplyRecord }
  | { type: 'reply-finished'; reply: ReplyRecord }
  /** The model was at work on an answer, and was told or asked something else. */
  | { type: 'thinking-interrupted' }
  | { type: 'handle'; handle: string }
  | { type: 'unscripted'; cue: string }
  /** A turn of the user that gets no answer yet, because an earlier clientContent said that more was to come. */
  | { type: 'withheld'; cue: string }
  /** clientContent without turnComplete: context, no question. */
  | { type: 'context'; text: string }
  | { type: 'violation'; close: CloseReason }
  | { type: 'closed'; code: number; reason: string; by: 'client' | 'server' }
  | { type: 'key-check'; status: number };

/** `connection` counts attempts to open a WebSocket, from 0; -1 for a key check. `atMs` is performance.now(). */
export type ServerEvent = EventDetail & { connection: number; atMs: number };
export type EventType = ServerEvent['type'];
export type EventOf<T extends EventType> = Extract<ServerEvent, { type: T }>;

const DEFAULT_TIMEOUT_MS = 10_000;
/** A day of standing still is more than any bench needs. */
const KEPT_EVENTS = 200_000;
const DUMPED_EVENTS = 40;

interface Waiter {
  matches(event: ServerEvent): boolean;
  resolve(event: ServerEvent): void;
  reject(why: string): void;
}

export class EventLog {
  #events: ServerEvent[] = [];
  /** How many events were dropped from the front. */
  #dropped = 0;
  #cursor = 0;
  readonly #waiters = new Set<Waiter>();

  get all(): readonly ServerEvent[] {
    return this.#events;
  }

  add(event: ServerEvent): void {
    this.#events.push(event);
    if (this.#events.length > KEPT_EVENTS) {
      this.#events.shift();
      this.#dropped++;
    }
    for (const waiter of this.#waiters) {
      if (!waiter.matches(event)) continue;
      this.#waiters.delete(waiter);
      waiter.resolve(event);
    }
  }

  /**
   * The next event that fits, counting from the last one this returned: a test reads on as in a story.
   * @param timeoutMs after which it throws, with a dump of what did happen
   */
  async next<T extends EventType>(
    type: T,
    fits: (event: EventOf<T>) => boolean = () => true,
    label: string = type,
    timeoutMs = DEFAULT_TIMEOUT_MS,
  ): Promise<EventOf<T>> {
    const event = await this.#await(this.#cursor, type, fits, label, timeoutMs);
    this.#cursor = this.#dropped + this.#events.indexOf(event) + 1;
    return event;
  }

  /** The first event that fits since the server started, whatever `next` has returned. */
  async ever<T extends EventType>(
    type: T,
    fits: (event: EventOf<T>) => boolean = () => true,
    label: string = type,
    timeoutMs = DEFAULT_TIMEOUT_MS,
  ): Promise<EventOf<T>> {
    return this.#await(0, type, fits, label, timeoutMs);
  }

  /** Until the condition holds, looked at with everything that happens. @throws as `next` */
  async until(condition: () => boolean, label: string, timeoutMs = DEFAULT_TIMEOUT_MS): Promise<void> {
    if (!condition()) await this.#wait(condition, label, timeoutMs);
  }

  /** Ends every wait that is still open. */
  close(): void {
    for (const waiter of [...this.#waiters]) waiter.reject('was closed while someone waited for');
  }

  /** What happened, a line each; audio is summed up. */
  dump(): string {
    const lines = this.#events.filter((event, at) => event.type !== 'audio' || this.#events[at + 1]?.type !== 'audio');
    const shown = lines
      .slice(-DUMPED_EVENTS)
      .map((event) => `  ${Math.round(event.atMs)} ms #${event.connection} ${describe(event)}`);
    return shown.length === 0 ? '  (nothing happened)' : shown.join('\n');
  }

  #await<T extends EventType>(
    from: number,
    type: T,
    fits: (event: EventOf<T>) => boolean,
    label: string,
    timeoutMs: number,
  ): Promise<EventOf<T>> {
    // An event whose type is T is an EventOf<T>; the compiler cannot see that through a generic.
    const matches = (event: ServerEvent): event is EventOf<T> => event.type === type && fits(event as EventOf<T>);
    const known = this.#events.slice(Math.max(0, from - this.#dropped)).find(matches);
    if (known) return Promise.resolve(known);
    // It resolves with what `matches`.
    return this.#wait(matches, label, timeoutMs) as Promise<EventOf<T>>;
  }

  #wait(matches: (event: ServerEvent) => boolean, label: string, timeoutMs: number): Promise<ServerEvent> {
    return new Promise((resolve, reject) => {
      const waiter: Waiter = {
        matches,
        resolve: (event) => {
          clearTimeout(timer);
          resolve(event);
        },
        reject: (why) => {
          clearTimeout(timer);
          this.#waiters.delete(waiter);
          reject(new Error(`The Live server ${why} "${label}". What happened:\n${this.dump()}`));
        },
      };
      const timer = setTimeout(() => waiter.reject(`waited ${timeoutMs} ms for`), timeoutMs);
      this.#waiters.add(waiter);
    });
  }
}

function describe(event: ServerEvent): string {
  switch (event.type) {
    case 'setup':
      return `setup ${JSON.stringify(event.setup).slice(0, 300)}`;
    case 'audio':
      return `audio, ${event.totalSamples} samples so far`;
    case 'utterance': {
      const { durationMs, levelDbfs, endedBy } = event.utterance;
      return `utterance of ${Math.round(durationMs)} ms at ${Math.round(levelDbfs)} dBFS, ended by ${endedBy}`;
    }
    case 'picture':
      return `picture ${event.picture.mimeType} ${event.picture.widthPx}x${event.picture.heightPx}, ${event.picture.bytes.length} bytes`;
    case 'reply-started':
    case 'generation-complete':
    case 'interrupted':
    case 'reply-finished': {
      const { text, sentSamples, pcm16 } = event.reply;
      return `${event.type} "${text}" (${sentSamples} of ${pcm16.length} samples sent)`;
    }
    default: {
      const shownElsewhere = ['type', 'connection', 'atMs'];
      return `${event.type} ${JSON.stringify(event, (name, value: unknown) => (shownElsewhere.includes(name) ? undefined : value))}`;
    }
  }
}
