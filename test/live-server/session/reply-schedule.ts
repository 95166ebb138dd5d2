// A reply as a plan: which message is due when. Made in one go from the seeded generator, then played by reply-player.ts.
import type { Speech, SpokenWord } from '../audio/speak.ts';
import { pcm16ToBytes } from '../audio/wav.ts';
import type { Delivery } from '../script/actions.ts';
import type { JsonObject } from '../wire/json-value.ts';
import type { Random } from './random.ts';

export type PlannedMessage = { dueMs: number } & (
  | {
      kind: 'content';
      content: JsonObject;
      audio?: { startSample: number; samples: number };
      transcript?: string;
      /** The last with content: usageMetadata may ride on it. */
      last?: true;
    }
  | { kind: 'empty' }
  | { kind: 'generation-complete' }
  | { kind: 'turn-complete' }
);

export interface PlanOptions {
  delivery: Delivery;
  /** TEXT models write instead of speaking. */
  modality: 'AUDIO' | 'TEXT';
  severalParts: boolean;
  /** Whether outputTranscription is sent. */
  transcribed: boolean;
  thought: string | undefined;
  random: Random;
}

/** Some replies come without the rate (docs/live-api.md, "Sound"). */
const OUTPUT_MIME_TYPES = ['audio/pcm;rate=24000', 'audio/pcm'] as const;
const NO_RATE_CHANCE = 0.2;
const EMPTY_FRAME_CHANCE = 0.08;
const COMBINE_CHANCE = 0.3;
/** TEXT replies come as a few words at a time. */
const WORDS_PER_TEXT_PART = 3;
const TEXT_PART_MS = 40;

interface Frame {
  startSample: number;
  endSample: number;
  parts: JsonObject[];
  dueMs: number;
}

function cutIntoFrames(speech: Speech, { delivery, severalParts, random }: PlanOptions): Frame[] {
  const partSamples = Math.round((delivery.partMs * speech.rateHz) / 1000);
  const frames: Frame[] = [];
  const mimeType = OUTPUT_MIME_TYPES[random.chance(NO_RATE_CHANCE) ? 1 : 0];
  for (let at = 0; at < speech.pcm16.length;) {
    const startSample = at;
    const parts: JsonObject[] = [];
    for (
      let left = severalParts ? random.integer(1, delivery.partsPerFrame) : 1;
      left > 0 && at < speech.pcm16.length;
      left--
    ) {
      const data = pcm16ToBytes(speech.pcm16.subarray(at, at + partSamples)).toString('base64');
      parts.push({ inlineData: { mimeType, data } });
      at = Math.min(speech.pcm16.length, at + partSamples);
    }
    const dueMs = ((startSample / speech.rateHz) * 1000) / delivery.timesRealTime;
    frames.push({ startSample, endSample: at, parts, dueMs });
  }
  return frames;
}

/** Moves due times later, never out of order: frames share one TCP connection. */
function addJitter(frames: readonly Frame[], { delivery, random }: PlanOptions): void {
  const { jitter } = delivery;
  if (!jitter) return;
  const { lateMs, stallEveryMs = Infinity, stallMs = 0 } = jitter;
  let earliestMs = 0;
  for (const frame of frames) {
    let dueMs = frame.dueMs + random.next() * lateMs;
    // A stall holds back whatever falls into it, so that it all comes at once when the stall ends.
    const intoCycleMs = dueMs % stallEveryMs;
    if (dueMs >= stallEveryMs && intoCycleMs < stallMs) dueMs += stallMs - intoCycleMs;
    frame.dueMs = earliestMs = Math.max(earliestMs, dueMs);
  }
}

/** The words that begin in a stretch of audio, with the spaces that join them to what came before. */
function fragment(words: readonly SpokenWord[], frame: Frame): string {
  return words
    .map((word, index) => ({ word, index }))
    .filter(({ word }) => word.startSample >= frame.startSample && word.startSample < frame.endSample)
    .map(({ word, index }) => (index === 0 ? word.text : ` ${word.text}`))
    .join('');
}

function modelTurn(parts: JsonObject[]): JsonObject {
  return { modelTurn: { role: 'model', parts } };
}

function planAudio(speech: Speech, options: PlanOptions): PlannedMessage[] {
  const { delivery, random, transcribed } = options;
  const frames = cutIntoFrames(speech, options);
  addJitter(frames, options);
  const plan: PlannedMessage[] = [];
  let late: { text: string; dueMs: number } | undefined;
  const sendLate = (dueMs: number) => {
    if (late)
      plan.push({
        kind: 'content',
        dueMs,
        content: { outputTranscription: { text: late.text } },
        transcript: late.text,
      });
    late = undefined;
  };
  for (const frame of frames) {
    const { dueMs } = frame;
    const text = transcribed ? fragment(speech.words, frame) : '';
    const audio = { startSample: frame.startSample, samples: frame.endSample - frame.startSample };
    const content = modelTurn(frame.parts);
    if (delivery.emptyFrames && (frame === frames[0] || random.chance(EMPTY_FRAME_CHANCE))) {
      plan.push({ kind: 'empty', dueMs });
      // A transcription may be empty, too (docs/live-api.md, "What the service sends").
      if (transcribed) plan.push({ kind: 'content', dueMs, content: { outputTranscription: {} } });
    }
    const before = delivery.transcript === 'before' || (delivery.transcript === 'mixed' && random.chance(0.5));
    const together = delivery.combine && random.chance(COMBINE_CHANCE);
    // A transcript still owed goes first, so that fragments keep their order.
    if (text !== '' && (before || together)) sendLate(dueMs);
    if (text !== '' && together) {
      plan.push({
        kind: 'content',
        dueMs,
        content: { ...content, outputTranscription: { text } },
        audio,
        transcript: text,
      });
      continue;
    }
    if (text !== '' && before) {
      plan.push({ kind: 'content', dueMs, content: { outputTranscription: { text } }, transcript: text });
    }
    plan.push({ kind: 'content', dueMs, content, audio });
    sendLate(dueMs);
    if (text !== '' && !before) late = { text, dueMs };
  }
  // The last transcription of a turn is sent before generationComplete (proto, output_transcription).
  sendLate(frames.at(-1)?.dueMs ?? 0);
  return plan;
}

function planText(text: string): PlannedMessage[] {
  const words = text.match(/\s*\S+/g) ?? [];
  const plan: PlannedMessage[] = [];
  for (let at = 0; at < words.length; at += WORDS_PER_TEXT_PART) {
    const part = words.slice(at, at + WORDS_PER_TEXT_PART).join('');
    const dueMs = (at / WORDS_PER_TEXT_PART) * TEXT_PART_MS;
    plan.push({ kind: 'content', dueMs, content: modelTurn([{ text: part }]), transcript: part });
  }
  return plan;
}

/** Due times count from the moment of the first content, in order, ending with generation-complete and turn-complete. */
export function planReply(speech: Speech, text: string, options: PlanOptions): PlannedMessage[] {
  const plan = options.modality === 'TEXT' ? planText(text) : planAudio(speech, options);
  if (options.thought !== undefined) {
    plan.unshift({ kind: 'content', dueMs: 0, content: modelTurn([{ text: options.thought, thought: true }]) });
  }
  const lastContent = plan.at(-1);
  if (lastContent?.kind === 'content') lastContent.last = true;
  const generatedMs = lastContent?.dueMs ?? 0;
  const playedMs = options.modality === 'TEXT' ? 0 : (speech.pcm16.length / speech.rateHz) * 1000;
  const turnCompleteMs = options.delivery.turnComplete === 'paced' ? Math.max(generatedMs, playedMs) : generatedMs;
  plan.push({ kind: 'generation-complete', dueMs: generatedMs }, { kind: 'turn-complete', dueMs: turnCompleteMs });
  return plan;
}
