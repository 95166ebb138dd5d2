import type { PersonEntry, ReplyEntry, SourcesEntry } from '../../../src/protocol/conversation.ts';
import type { LiveCredentials, LiveSettings } from '../../../src/live/settings.ts';
import type { LivePicture } from '../../../src/live/uplink/picture-queue.ts';
import type { ToolCall } from '../../../src/live/tool-call.ts';
import { LiveSession } from '../../../src/live/session.ts';
import type { LiveSessionOptions, SessionState } from '../../../src/live/session-events.ts';
import { sessionNotice } from '../../../src/problems/session-notices.ts';
import { sessionProblem } from '../../../src/problems/session-problems.ts';
import type { Json } from './peer.ts';

/** Looks like a key, opens nothing. */
export const KEY = ['AI', 'za', 'TestOnly-0123456789_abcdefghijk'].join('');

export const SETTINGS: LiveSettings = {
  model: 'gemini-3.8-live',
  reply: 'voice',
  voice: '',
  thinking: 'default',
  voiceActivity: { startSensitivity: 'default', endSensitivity: 'default', silenceMs: 700, prefixMs: 300 },
  baseUrl: '',
  instructions: '',
  pictureDetail: 'medium',
  googleSearch: false,
  tools: [],
};

export type Told =
  | { readonly what: 'state'; readonly state: SessionState }
  | { readonly what: 'entry'; readonly entry: PersonEntry | ReplyEntry }
  | { readonly what: 'sources'; readonly reply: number; readonly entry: SourcesEntry }
  | { readonly what: 'audio'; readonly reply: number; readonly pcm16: Uint8Array }
  | { readonly what: 'audioEnd'; readonly reply: number }
  | { readonly what: 'flush'; readonly throughReply: number }
  | { readonly what: 'notice'; readonly sentence: string }
  | { readonly what: 'usage'; readonly json: string }
  | { readonly what: 'pictureSent'; readonly picture: LivePicture }
  | { readonly what: 'toolCall'; readonly call: ToolCall }
  | { readonly what: 'speech'; readonly speaking: boolean };

export interface TalkOptions {
  readonly baseUrl: string;
  readonly settings?: Partial<LiveSettings>;
  readonly credentials?: LiveCredentials;
  readonly session?: Partial<LiveSessionOptions>;
}

/** A session and everything it tells and logs. */
export class Talk {
  readonly session: LiveSession;
  readonly told: Told[] = [];
  readonly log: string[] = [];
  #waiting: (() => void)[] = [];

  constructor({ baseUrl, settings, credentials, session }: TalkOptions) {
    const note = (line: string) => void this.log.push(line);
    this.session = new LiveSession({
      credentials: credentials ?? { kind: 'gemini', apiKey: KEY },
      settings: { ...SETTINGS, baseUrl, ...settings },
      log: { debug: note, info: note, warn: note, error: note },
      random: { random: () => 0 },
      ...session,
    });
    this.session.on('state', (state) => this.#tell({ what: 'state', state }));
    this.session.on('entry', (entry) => this.#tell({ what: 'entry', entry }));
    this.session.on('sources', (reply, entry) => this.#tell({ what: 'sources', reply, entry }));
    this.session.on('audio', (reply, pcm16) => this.#tell({ what: 'audio', reply, pcm16 }));
    this.session.on('audioEnd', (reply) => this.#tell({ what: 'audioEnd', reply }));
    this.session.on('flush', (throughReply) => this.#tell({ what: 'flush', throughReply }));
    this.session.on('notice', (notice) => this.#tell({ what: 'notice', sentence: sessionNotice(notice) }));
    this.session.on('usage', (totals) => this.#tell({ what: 'usage', json: JSON.stringify(totals) }));
    this.session.on('pictureSent', (picture) => this.#tell({ what: 'pictureSent', picture }));
    this.session.on('speech', (speaking) => this.#tell({ what: 'speech', speaking }));
    if (settings?.tools !== undefined) this.session.on('toolCall', (call) => this.#tell({ what: 'toolCall', call }));
  }

  /** Until the condition holds, looked at whenever the session tells something. */
  async until(condition: () => boolean): Promise<void> {
    while (!condition()) {
      await new Promise<void>((resolve) => this.#waiting.push(resolve));
    }
  }

  async state<K extends SessionState['kind']>(kind: K): Promise<Extract<SessionState, { kind: K }>> {
    await this.until(() => this.session.state.kind === kind);
    // The line above has just seen that it is of this kind.
    return this.session.state as Extract<SessionState, { kind: K }>;
  }

  /** The failure the session ended with, and what the person reads of it. */
  async failure() {
    const { reason } = await this.state('ended');
    if (reason.kind !== 'failed') throw new Error(`the session ${reason.kind}`);
    return { ...reason.failure, ...sessionProblem(reason.failure) };
  }

  /** Entries as they stand, in the order a person sees them. */
  get entries(): (PersonEntry | ReplyEntry)[] {
    const entries = new Map<string, PersonEntry | ReplyEntry>();
    for (const told of this.told) if (told.what === 'entry') entries.set(told.entry.id, told.entry);
    return [...entries.values()].sort((a, b) => a.atMs - b.atMs);
  }

  /** `person: …` and `reply: …`, with how they ended. */
  get lines(): string[] {
    return this.entries.map(({ kind, text, status }) => `${kind}: ${text} (${status})`);
  }

  all<K extends Told['what']>(what: K): Extract<Told, { what: K }>[] {
    return this.told.filter((told): told is Extract<Told, { what: K }> => told.what === what);
  }

  /** All audio of a reply, joined. */
  audio(reply: number): Buffer {
    return Buffer.concat(this.all('audio').flatMap((told) => (told.reply === reply ? [told.pcm16] : [])));
  }

  #tell(told: Told): void {
    this.told.push(told);
    const waiting = this.#waiting;
    this.#waiting = [];
    for (const resolve of waiting) resolve();
  }
}

/** A message with so many samples of reply audio, each of the given value. */
export function audio(samples: number, value = 1): Json {
  const pcm16 = Buffer.from(new Int16Array(samples).fill(value).buffer);
  const inlineData = { mimeType: 'audio/pcm;rate=24000', data: pcm16.toString('base64') };
  return { serverContent: { modelTurn: { role: 'model', parts: [{ inlineData }] } } };
}

export const says = (text: string): Json => ({ serverContent: { outputTranscription: { text } } });
export const hears = (text: string): Json => ({ serverContent: { inputTranscription: { text } } });
export const INTERRUPTED: Json = { serverContent: { interrupted: true } };
export const GENERATED: Json = { serverContent: { generationComplete: true } };
export const TURN_DONE: Json = { serverContent: { turnComplete: true } };
export const handle = (newHandle: string): Json => ({ sessionResumptionUpdate: { newHandle, resumable: true } });
