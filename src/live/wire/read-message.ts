import type { Grounding } from './grounding.ts';
import { readContent } from './server-content.ts';
import { unreadFields } from './unread-fields.ts';
import { asDurationMs, asNumber, asRecord, asString, asList, type WireRecord } from './json.ts';

/** A word of a transcript with its place in the audio, where the service tells it. */
export interface TimedWord {
  readonly word: string;
  readonly startMs: number;
  readonly endMs: number;
}

export interface TranscriptFragment {
  readonly text: string;
  readonly finished: boolean;
  readonly words: readonly TimedWord[];
}

/** Tokens by modality: `TEXT`, `AUDIO`, `IMAGE`, `VIDEO` … */
export type TokensByModality = Readonly<Record<string, number>>;

export interface TurnUsage {
  readonly promptTokens: number;
  readonly responseTokens: number;
  readonly thoughtsTokens: number;
  readonly toolUseTokens: number;
  readonly totalTokens: number;
  readonly promptByModality: TokensByModality;
  readonly responseByModality: TokensByModality;
}

export interface FunctionCall {
  /** Empty when the service gave none. */
  readonly id: string;
  readonly name: string;
  readonly args: WireRecord;
}

/** One thing the service said. A message may hold any number of them. */
export type LiveEvent =
  | { readonly type: 'setupComplete' }
  | ({ readonly type: 'inputTranscript'; readonly interim: boolean } & TranscriptFragment)
  | ({ readonly type: 'outputTranscript' } & TranscriptFragment)
  | { readonly type: 'audio'; readonly pcm16: Uint8Array; readonly sampleRateHz: number }
  | { readonly type: 'text'; readonly text: string; readonly thought: boolean }
  | ({ readonly type: 'grounding' } & Grounding)
  | { readonly type: 'interrupted' }
  | { readonly type: 'generationComplete' }
  | { readonly type: 'turnComplete'; readonly reason?: string }
  | { readonly type: 'waitingForInput' }
  | { readonly type: 'interactionStatus'; readonly status: string }
  | { readonly type: 'voiceActivity'; readonly activity: 'start' | 'end' }
  | { readonly type: 'toolCall'; readonly calls: readonly FunctionCall[] }
  | { readonly type: 'toolCallCancellation'; readonly ids: readonly string[] }
  | { readonly type: 'usage'; readonly usage: TurnUsage }
  | { readonly type: 'goAway'; readonly timeLeftMs: number | undefined }
  | { readonly type: 'resumption'; readonly handle: string | undefined; readonly resumable: boolean }
  /** A field that is there but does not have its shape. It is left out; the rest of the message counts. */
  | { readonly type: 'malformed'; readonly what: string }
  /** Names of fields that nothing here acts on. */
  | { readonly type: 'unread'; readonly fields: readonly string[] };

/**
 * Reads a frame of the service: every field of it, whatever stands beside it, in one pass. The order of the result is
 * fixed, since fields of one message have none: what belongs to the running turn, then its end, then the person's words
 * (which by then are those of the next turn when they come with an end).
 *
 * @returns undefined when the frame is no JSON object.
 */
export function readFrame(json: string): LiveEvent[] | undefined {
  let parsed: unknown;
  try {
    parsed = JSON.parse(json);
  } catch {
    return undefined;
  }
  const message = asRecord(parsed);
  if (message === undefined) return undefined;
  const events: LiveEvent[] = [];
  if (message['setupComplete'] !== undefined) events.push({ type: 'setupComplete' });
  readUsage(message['usageMetadata'], events);
  readVoiceActivity(message, events);
  readContent(message['serverContent'], message['interactionStatus'], events);
  readToolCall(message['toolCall'], events);
  readCancellation(message['toolCallCancellation'], events);
  readResumption(message['sessionResumptionUpdate'], events);
  readGoAway(message['goAway'], events);
  const unread = unreadFields(message);
  if (unread.length > 0) events.push({ type: 'unread', fields: unread });
  return events;
}

/** Both spellings: Vertex, and some Gemini servers, call the response `candidates`. */
function readUsage(field: unknown, events: LiveEvent[]): void {
  if (field === undefined || field === null) return;
  const usage = asRecord(field);
  if (usage === undefined) {
    events.push({ type: 'malformed', what: 'usageMetadata' });
    return;
  }
  const count = (...names: string[]) => names.map((name) => asNumber(usage[name])).find((n) => n !== undefined) ?? 0;
  events.push({
    type: 'usage',
    usage: {
      promptTokens: count('promptTokenCount'),
      responseTokens: count('responseTokenCount', 'candidatesTokenCount'),
      thoughtsTokens: count('thoughtsTokenCount'),
      toolUseTokens: count('toolUsePromptTokenCount'),
      totalTokens: count('totalTokenCount'),
      promptByModality: readTokens(usage['promptTokensDetails']),
      responseByModality: readTokens(usage['responseTokensDetails'] ?? usage['candidatesTokensDetails']),
    },
  });
}

function readTokens(field: unknown): TokensByModality {
  const tokens: Record<string, number> = {};
  for (const entry of asList(field)) {
    const detail = asRecord(entry);
    const modality = asString(detail?.['modality']) ?? 'MODALITY_UNSPECIFIED';
    tokens[modality] = (tokens[modality] ?? 0) + (asNumber(detail?.['tokenCount']) ?? 0);
  }
  return tokens;
}

/** Two fields say it, one of them under two names (`type` on the wire, `voiceActivityType` in the SDK). */
function readVoiceActivity(message: WireRecord, events: LiveEvent[]): void {
  const activity = asRecord(message['voiceActivity']);
  const signal = asRecord(message['voiceActivityDetectionSignal']);
  const name =
    asString(activity?.['voiceActivityType']) ?? asString(activity?.['type']) ?? asString(signal?.['vadSignalType']);
  if (name === undefined) return;
  if (/START|SOS/.test(name)) events.push({ type: 'voiceActivity', activity: 'start' });
  else if (/END|EOS/.test(name)) events.push({ type: 'voiceActivity', activity: 'end' });
}

function readToolCall(field: unknown, events: LiveEvent[]): void {
  if (field === undefined || field === null) return;
  const calls = asList(asRecord(field)?.['functionCalls']).flatMap((entry) => {
    const call = asRecord(entry);
    if (call === undefined) return [];
    const { id, name, args } = call;
    return [{ id: asString(id) ?? '', name: asString(name) ?? '', args: asRecord(args) ?? {} }];
  });
  events.push(calls.length > 0 ? { type: 'toolCall', calls } : { type: 'malformed', what: 'toolCall' });
}

function readCancellation(field: unknown, events: LiveEvent[]): void {
  const ids = asList(asRecord(field)?.['ids']).filter((id) => typeof id === 'string');
  if (ids.length > 0) events.push({ type: 'toolCallCancellation', ids });
}

function readResumption(field: unknown, events: LiveEvent[]): void {
  const update = asRecord(field);
  if (update === undefined) return;
  const handle = asString(update['newHandle']);
  events.push({
    type: 'resumption',
    handle: handle === '' ? undefined : handle,
    resumable: update['resumable'] === true,
  });
}

function readGoAway(field: unknown, events: LiveEvent[]): void {
  if (field === undefined || field === null) return;
  events.push({ type: 'goAway', timeLeftMs: asDurationMs(asRecord(field)?.['timeLeft']) });
}
