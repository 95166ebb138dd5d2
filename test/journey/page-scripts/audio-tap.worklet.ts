import {
  AUDIO_TAP_PROCESSOR,
  CAPTURE_TAP_PROCESSOR,
  type CaptureTapAnswer,
  type RecorderMessage,
} from './audio-tap-message.ts';

/** Samples a message; 21 ms at 48 kHz: few enough to notice an interruption soon, many enough to cost little. */
const BATCH_FRAMES = 1024;

/** Hears what is connected to it, mixed to mono, and posts every sample once, in order, silence included. */
class OutputRecorder extends AudioWorkletProcessor {
  #batch = new Float32Array(BATCH_FRAMES);
  #filled = 0;
  #stopped = false;

  constructor() {
    super();
    this.port.onmessage = ({ data }: MessageEvent<'flush' | 'stop'>) => {
      if (data === 'stop') {
        this.#stopped = true;
        return;
      }
      this.#post();
      this.#send({ kind: 'flushed' });
    };
  }

  process(inputs: Float32Array[][]): boolean {
    const input = inputs[0]?.[0];
    const renderedFrames = input?.length ?? 128;
    if (input !== undefined) this.#batch.set(input, this.#filled);
    this.#filled += renderedFrames;
    if (this.#filled >= BATCH_FRAMES) this.#post(renderedFrames);
    return !this.#stopped;
  }

  /** @param afterCurrentFrame samples at the batch's end that `currentFrame` does not count yet */
  #post(afterCurrentFrame = 0): void {
    if (this.#filled === 0) return;
    const samples = this.#batch.slice(0, this.#filled);
    const frame = currentFrame + afterCurrentFrame - this.#filled;
    this.#send({ kind: 'batch', frame, renderedAtMs: Date.now(), samples }, [samples.buffer]);
    this.#batch.fill(0);
    this.#filled = 0;
  }

  #send(message: RecorderMessage, transfer: Transferable[] = []): void {
    this.port.postMessage(message, transfer);
  }
}

registerProcessor(AUDIO_TAP_PROCESSOR, OutputRecorder);

/** As much as it keeps: a minute at 48 kHz. */
const KEPT_FRAMES = 2_880_000;

/** Keeps what a microphone gives and tells it only when it is asked: meanwhile it costs next to nothing. */
class CaptureRecorder extends AudioWorkletProcessor {
  readonly #samples = new Float32Array(KEPT_FRAMES);
  #filled = 0;

  constructor() {
    super();
    this.port.onmessage = () => {
      const answer: CaptureTapAnswer = { samples: this.#samples.slice(0, this.#filled) };
      this.port.postMessage(answer, [answer.samples.buffer]);
    };
  }

  process(inputs: Float32Array[][]): boolean {
    const input = inputs[0]?.[0];
    const frames = input?.length ?? 128;
    if (this.#filled + frames > KEPT_FRAMES) return false;
    if (input !== undefined) this.#samples.set(input, this.#filled);
    this.#filled += frames;
    return true;
  }
}

registerProcessor(CAPTURE_TAP_PROCESSOR, CaptureRecorder);
