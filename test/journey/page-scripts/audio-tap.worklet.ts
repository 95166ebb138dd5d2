import '../../sound/page-scripts/capture-recorder.worklet.ts';
import { AUDIO_TAP_PROCESSOR, type RecorderMessage } from './audio-tap-message.ts';

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
