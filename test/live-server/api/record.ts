// Everything one connection received and sent, for a test to read back.
import type { IncomingHttpHeaders } from 'node:http';
import type { HandleOwner } from '../session/handles.ts';
import type { Hearing, Utterance } from '../session/hearing.ts';
import type { ReplyRecord } from '../session/reply-record.ts';
import { ToolCallLedger } from '../session/tool-calls.ts';
import { isObject, type JsonObject, type JsonValue } from '../wire/json-value.ts';
import type { Picture } from '../wire/message-rules.ts';
import type { EventDetail, ServerEvent } from './events.ts';

export type AuthMode = 'key-in-query' | 'key-in-header' | 'bearer' | 'access-token' | 'none';

export interface ReceivedMessage {
  /** performance.now() when the frame had arrived. */
  atMs: number;
  /** As it came, but for base64 data, which is replaced by `<N bytes>`; the bytes are in `pcm16` and `pictures`. */
  json: JsonValue;
}

export interface SentMessage {
  atMs: number;
  /** As it went, with audio data replaced as above. */
  json: JsonObject;
}

/** Of each list; a server that runs for days must not grow without end. */
const KEPT_MESSAGES = 100_000;
/** With their bytes: five minutes of a frame a second, some 40 MB. */
const KEPT_PICTURES = 400;
/**
 * Things the service tolerates and advises against (docs/live-api.md, "Sound"), and larger pictures than it says it
 * needs (docs/live-api.md, "Pictures").
 */
const LONGEST_CHUNK_SAMPLES = 16_000;
const FASTEST_PICTURES_MS = 900;
const LARGEST_PICTURE_PX = 768;

function withoutData(value: JsonValue): JsonValue {
  if (Array.isArray(value)) return value.map(withoutData);
  if (!isObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, each]) => {
      if (name !== 'data' || typeof each !== 'string') return [name, withoutData(each)];
      return [name, `<${Buffer.byteLength(each, 'base64')} bytes>`];
    }),
  );
}

function keep<T>(list: T[], entry: T, limit: number): void {
  list.push(entry);
  if (list.length > limit) list.shift();
}

export class ConnectionRecord implements HandleOwner {
  /** The how-many-eth attempt to open a WebSocket, from 0. */
  readonly index: number;
  /** Without the query. */
  readonly path: string;
  readonly auth: AuthMode;
  /** Without the values of credentials. */
  readonly headers: IncomingHttpHeaders;
  readonly messages: ReceivedMessage[] = [];
  readonly sent: SentMessage[] = [];
  readonly texts: string[] = [];
  readonly utterances: Utterance[] = [];
  /** The last 400; `pictureCount` counts all. */
  readonly pictures: (Picture & { atMs: number })[] = [];
  pictureCount = 0;
  readonly toolCalls = new ToolCallLedger();
  /** What Google would let pass but advises against. */
  readonly warnings: string[] = [];
  /** What Google says it has no need of; not to be read in small type, though, so nothing is wrong with it. */
  readonly advice: string[] = [];
  readonly audioChunks: { atMs: number; samples: number }[] = [];
  /** The setup as it came. */
  setup: JsonObject | undefined;
  closed: { code: number; reason: string; by: 'client' | 'server'; atMs: number } | undefined;
  closedAtMs: number | undefined;
  /** Whether the socket is open; false once either side has begun to close. */
  isOpen: () => boolean = () => false;
  readonly #onEvent: (event: ServerEvent) => void;
  #hearing: Hearing | undefined;
  #replies: readonly ReplyRecord[] = [];

  constructor(
    index: number,
    request: { path: string; auth: AuthMode; headers: IncomingHttpHeaders },
    onEvent: (event: ServerEvent) => void,
  ) {
    this.index = index;
    this.path = request.path;
    this.auth = request.auth;
    this.headers = request.headers;
    this.#onEvent = onEvent;
  }

  get open(): boolean {
    return this.isOpen();
  }

  /** All audio received, as 16 kHz mono. */
  get pcm16(): Int16Array {
    return this.#hearing?.pcm16 ?? new Int16Array(0);
  }

  get replies(): readonly ReplyRecord[] {
    return this.#replies;
  }

  attach(hearing: Hearing, replies: readonly ReplyRecord[]): void {
    this.#hearing = hearing;
    this.#replies = replies;
  }

  note(event: EventDetail): void {
    if (event.type === 'text') this.texts.push(event.text);
    this.#onEvent({ ...event, connection: this.index, atMs: performance.now() });
  }

  noteReceived(json: JsonValue): void {
    keep(this.messages, { atMs: performance.now(), json: withoutData(json) }, KEPT_MESSAGES);
  }

  noteSent(json: JsonObject): void {
    // withoutData keeps objects objects
    keep(this.sent, { atMs: performance.now(), json: withoutData(json) as JsonObject }, KEPT_MESSAGES);
  }

  noteAudio(samples: number): void {
    if (samples > LONGEST_CHUNK_SAMPLES) this.warnings.push(`an audio chunk of ${samples} samples is over a second`);
    keep(this.audioChunks, { atMs: performance.now(), samples }, KEPT_MESSAGES);
    this.note({ type: 'audio', totalSamples: this.#hearing?.totalSamples ?? 0 });
  }

  noteUtterance(utterance: Utterance): void {
    keep(this.utterances, utterance, KEPT_MESSAGES);
    this.note({ type: 'utterance', utterance });
  }

  notePicture(picture: Picture): void {
    const atMs = performance.now();
    const sinceMs = atMs - (this.pictures.at(-1)?.atMs ?? -Infinity);
    if (sinceMs < FASTEST_PICTURES_MS)
      this.warnings.push(
        `pictures ${Math.round(sinceMs)} ms apart are over 1 a second (when speech begins, 500 ms are meant)`,
      );
    if (Math.max(picture.widthPx, picture.heightPx) > LARGEST_PICTURE_PX) {
      this.#advise(`a picture of ${picture.widthPx}x${picture.heightPx} is over ${LARGEST_PICTURE_PX} pixels`);
    }
    keep(this.pictures, { ...picture, atMs }, KEPT_PICTURES);
    this.pictureCount++;
    this.note({ type: 'picture', picture });
  }

  #advise(advice: string): void {
    if (!this.advice.includes(advice)) keep(this.advice, advice, KEPT_MESSAGES);
  }

  noteClosed(code: number, reason: string, by: 'client' | 'server', nowMs: number): void {
    this.closed = { code, reason, by, atMs: performance.now() };
    this.closedAtMs = nowMs;
    this.note({ type: 'closed', code, reason, by });
  }
}
