import { readGrounding } from './grounding.ts';
import type { LiveEvent, TimedWord, TranscriptFragment } from './read-message.ts';
import { BYTES_PER_SAMPLE, REPLY_RATE_HZ } from '../settings.ts';
import { asDurationMs, asList, asRecord, asString, type WireRecord } from './json.ts';

/** Reads `serverContent` and the interaction status, which has been seen inside it and beside it. */
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

/** Base64 to bytes of their own (not a slice of Node's shared pool, which would be copied whole when posted). */
function decodePcm16(data: string): Uint8Array | undefined {
  const bytes = Buffer.allocUnsafeSlow(Buffer.byteLength(data, 'base64'));
  const written = bytes.write(data, 'base64');
  if (written === 0 || written !== bytes.byteLength || written % BYTES_PER_SAMPLE !== 0) return undefined;
  return new Uint8Array(bytes.buffer);
}
