import { unreadFields } from './unread-fields.ts';
import { asDurationMs, asList, asNumber, asRecord, asString, type WireRecord } from './json.ts';
import { readGrounding } from './grounding.ts';
import type { LiveEvent, TimedWord, TokensByModality, TranscriptFragment } from './live-event.ts';
import { BYTES_PER_SAMPLE, REPLY_RATE_HZ } from '../settings.ts';

/**
 * Fields of one message have no order, so this one is fixed: what belongs to the running turn, its end, then the
 * person's words, which by then are those of the next turn.
 *
 * @returns undefined when the frame is no JSON object
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

/** Vertex, and some Gemini servers, call the response `candidates`. */
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

/** Two fields say it, one of them under two names. */
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

/** The interaction status has been seen inside `serverContent` and beside it. */
export function readContent(field: unknown, statusAtRoot: unknown, events: LiveEvent[]): void {
  const content = asRecord(field);
  if (content === undefined && field !== undefined && field !== null) {
    events.push({ type: 'malformed', what: 'serverContent' });
  }
  if (content !== undefined) {
    const output = readTranscript(content['outputTranscription']);
    if (output !== undefined) events.push({ type: 'outputTranscript', ...output });
    readParts(content['modelTurn'], events);
    const grounding = readGrounding(content['groundingMetadata']);
    if (grounding !== undefined) events.push({ type: 'grounding', ...grounding });
    if (content['interrupted'] === true) events.push({ type: 'interrupted' });
    if (content['generationComplete'] === true) events.push({ type: 'generationComplete' });
    if (content['turnComplete'] === true) events.push(turnComplete(content));
    if (content['waitingForInput'] === true) events.push({ type: 'waitingForInput' });
    const input = readTranscript(content['inputTranscription']);
    if (input !== undefined) events.push({ type: 'inputTranscript', interim: false, ...input });
    const interim = readTranscript(content['interimInputTranscription']);
    if (interim !== undefined) events.push({ type: 'inputTranscript', interim: true, ...interim });
  }
  const status = asString(content?.['interactionStatus']) ?? asString(statusAtRoot);
  if (status !== undefined) events.push({ type: 'interactionStatus', status });
}

function turnComplete(content: WireRecord): LiveEvent {
  const reason = asString(content['turnCompleteReason']);
  return reason === undefined ? { type: 'turnComplete' } : { type: 'turnComplete', reason };
}

function readTranscript(field: unknown): TranscriptFragment | undefined {
  const transcript = asRecord(field);
  if (transcript === undefined) return undefined;
  const text = asString(transcript['text']) ?? '';
  const finished = transcript['finished'] === true;
  // Google sends empty transcriptions; they say nothing.
  if (text === '' && !finished) return undefined;
  return { text, finished, words: readWords(transcript['words']) };
}

function readWords(field: unknown): TimedWord[] {
  return asList(field).flatMap((entry) => {
    const timed = asRecord(entry);
    const word = asString(timed?.['word'])?.trim();
    const startMs = asDurationMs(timed?.['startOffset']);
    const endMs = asDurationMs(timed?.['endOffset']);
    return word === undefined || word === '' || startMs === undefined || endMs === undefined || endMs < startMs
      ? []
      : [{ word, startMs, endMs }];
  });
}

function readParts(modelTurn: unknown, events: LiveEvent[]): void {
  for (const entry of asList(asRecord(modelTurn)?.['parts'])) {
    const part = asRecord(entry);
    if (part === undefined) {
      events.push({ type: 'malformed', what: 'modelTurn.parts' });
      continue;
    }
    const text = asString(part['text']);
    if (text !== undefined && text !== '') events.push({ type: 'text', text, thought: part['thought'] === true });
    const inline = asRecord(part['inlineData']);
    if (inline !== undefined) events.push(readInlineData(inline));
  }
}

function readInlineData(inline: WireRecord): LiveEvent {
  const mimeType = (asString(inline['mimeType']) ?? '').toLowerCase();
  const data = asString(inline['data']);
  if (data === undefined || !mimeType.startsWith('audio/')) {
    return { type: 'malformed', what: `inlineData of type "${mimeType.slice(0, 40)}"` };
  }
  const pcm16 = decodePcm16(data);
  if (pcm16 === undefined) return { type: 'malformed', what: 'audio that is no base64 PCM16' };
  // Some servers leave the rate out; it is 24 kHz then.
  const rate = /;\s*rate=(\d+)/.exec(mimeType)?.[1];
  return { type: 'audio', pcm16, sampleRateHz: rate === undefined ? REPLY_RATE_HZ : Number(rate) };
}

/** Gives each its own buffer: a slice of Node's shared pool would be copied whole when posted. */
function decodePcm16(data: string): Uint8Array | undefined {
  const bytes = Buffer.allocUnsafeSlow(Buffer.byteLength(data, 'base64'));
  const written = bytes.write(data, 'base64');
  if (written === 0 || written !== bytes.byteLength || written % BYTES_PER_SAMPLE !== 0) return undefined;
  return new Uint8Array(bytes.buffer);
}
