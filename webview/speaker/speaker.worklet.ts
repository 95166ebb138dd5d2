import { Resampler } from '../microphone/resampler.ts';
import { Playout, REPLY_RATE_HZ } from './playout.ts';
import { SPEAKER_PROCESSOR, type SpeakerCommand, type SpeakerEvent } from './worklet-messages.ts';

/** Runs on the audio thread: a busy page delays new chunks, never the playing of those that came. */
class SpeakerProcessor extends AudioWorkletProcessor implements AudioWorkletProcessorImpl {
  #open = true;
  readonly #playout = new Playout({
    onPlayed: (report) => this.#tell({ type: 'played', ...report }),
    onOverflow: (report) => this.#tell({ type: 'overflow', ...report }),
  });
  readonly #renderer: Renderer =
    sampleRate === REPLY_RATE_HZ ? this.#playout : new RateAdapter(this.#playout, Math.round(sampleRate));

  constructor() {
    super();
    // Everything sent to this port is a SpeakerCommand: speaker.ts is the only one that holds the other end.
    this.port.onmessage = ({ data }: MessageEvent<SpeakerCommand>) => this.#obey(data);
  }

  process(_inputs: Float32Array[][], outputs: Float32Array[][]): boolean {
    const channel = outputs[0]?.[0];
    if (channel !== undefined) this.#renderer.render(channel, channel.length);
    return this.#open;
  }

  #obey(command: SpeakerCommand): void {
    switch (command.type) {
      case 'chunk':
        return this.#playout.enqueue(command.reply, new Int16Array(command.pcm16));
      case 'finish':
        return this.#playout.finish(command.reply);
      case 'flush':
        return this.#playout.flush(command.throughReply, command.fade);
      case 'muted':
        return this.#playout.setMuted(command.muted);
      case 'close':
        this.#open = false;
    }
  }

  #tell(event: SpeakerEvent): void {
    this.port.postMessage(event);
  }
}

registerProcessor(SPEAKER_PROCESSOR, SpeakerProcessor);

/** Small steps keep the delay between an interruption and its effect small: 1.3 ms. */
const STEP_FRAMES = 32;
/** Larger than any render quantum browsers use today. */
const MAX_QUANTUM_FRAMES = 4096;

interface Renderer {
  render(output: Float32Array, frames: number): void;
}

/** For browsers that refuse a 24 kHz audio context: renders at 24 kHz and converts to the context's own rate. */
class RateAdapter implements Renderer {
  readonly #source: Renderer;
  readonly #resampler: Resampler;
  readonly #step = new Float32Array(STEP_FRAMES);
  readonly #ready: Float32Array;
  #readyFrames = 0;

  constructor(source: Renderer, outputRateHz: number) {
    this.#source = source;
    this.#resampler = new Resampler({ inputRateHz: REPLY_RATE_HZ, outputRateHz });
    this.#ready = new Float32Array(MAX_QUANTUM_FRAMES + this.#resampler.maxOutputFrames(STEP_FRAMES));
  }

  render(output: Float32Array, frames: number): void {
    while (this.#readyFrames < frames) {
      this.#source.render(this.#step, STEP_FRAMES);
      this.#readyFrames += this.#resampler.process(this.#step, STEP_FRAMES, this.#ready, this.#readyFrames);
    }
    for (let i = 0; i < frames; i += 1) output[i] = this.#ready[i] ?? 0;
    this.#ready.copyWithin(0, frames, this.#readyFrames);
    this.#readyFrames -= frames;
  }
}
