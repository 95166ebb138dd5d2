// What the server said in one reply, to be compared with what was heard. Times are performance.now().
import type { SpokenWord } from '../audio/speak.ts';

export interface ReplyRecord {
  /** The how-many-eth reply of its connection, from 0. */
  index: number;
  text: string;
  /** What it said only filled the time: the answer is still to come. */
  thinksOn: boolean;
  /** The whole reply at 24 kHz, whether or not all of it was sent. Empty on a TEXT model. */
  pcm16: Int16Array;
  words: SpokenWord[];
  /** What went out before an interruption: `pcm16.subarray(0, sentSamples)`. */
  sentSamples: number;
  frames: { atMs: number; startSample: number; samples: number }[];
  /** The outputTranscription (or TEXT part) fragments that went out, in order. */
  transcript: { atMs: number; text: string }[];
  state: 'preparing' | 'generating' | 'playing' | 'finished' | 'interrupted' | 'abandoned';
  startedAtMs: number;
  firstAudioAtMs: number | undefined;
  generationCompleteAtMs: number | undefined;
  interruptedAtMs: number | undefined;
  turnCompleteAtMs: number | undefined;
}

export function newReply(index: number, text: string, thinksOn = false): ReplyRecord {
  return {
    index,
    text,
    thinksOn,
    pcm16: new Int16Array(0),
    words: [],
    sentSamples: 0,
    frames: [],
    transcript: [],
    state: 'preparing',
    startedAtMs: performance.now(),
    firstAudioAtMs: undefined,
    generationCompleteAtMs: undefined,
    interruptedAtMs: undefined,
    turnCompleteAtMs: undefined,
  };
}
