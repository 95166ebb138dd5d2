import { TAP_PROCESSOR, TAP_WORKLET, type TapBlock } from './audio-harness-contract.ts';
import { Changes } from './changes.ts';

/** Every frame that was given to a destination since the tap was connected. */
export class OutputTap {
  readonly changes = new Changes();
  readonly #blocks: Float32Array[] = [];
  #frames = 0;
  #firstFrame = 0;
  #context: BaseAudioContext | undefined;

  get frames(): number {
    return this.#frames;
  }

  get sampleRateHz(): number {
    return this.#context?.sampleRate ?? 0;
  }

  /** How far the output is by its own clock, counted like `frames`: a busy page may not have heard of the last ones yet. */
  get renderedFrames(): number {
    return Math.round((this.#context?.currentTime ?? 0) * this.sampleRateHz) - this.#firstFrame;
  }

  /** From now on, what any node sends to its context's destination is heard here too. */
  install(): void {
    // An insecure page has no worklets to tap.
    if (!isSecureContext) return;
    // The native methods, always called with the `this` they were called on.
    /* eslint-disable @typescript-eslint/unbound-method */
    const { connect } = AudioNode.prototype;
    const { addModule } = AudioWorklet.prototype;
    /* eslint-enable @typescript-eslint/unbound-method */
    AudioWorklet.prototype.addModule = async function (...args: Parameters<AudioWorklet['addModule']>) {
      await Reflect.apply(addModule, this, [TAP_WORKLET]);
      await Reflect.apply(addModule, this, args);
    };
    const hear = (source: AudioNode): void => {
      const node = new AudioWorkletNode(source.context, TAP_PROCESSOR, { numberOfOutputs: 0 });
      this.#context = source.context;
      // The tap's worklet posts nothing but its blocks.
      node.port.onmessage = ({ data }: MessageEvent<TapBlock>) => this.#take(data);
      Reflect.apply(connect, source, [node]);
    };
    AudioNode.prototype.connect = function (this: AudioNode, ...args: unknown[]): AudioNode {
      if (args[0] instanceof AudioDestinationNode) hear(this);
      // The native method returns the node it was given.
      return Reflect.apply(connect, this, args) as AudioNode;
    };
  }

  /** A copy of the frames from `start` on. */
  since(start: number): Float32Array {
    const samples = new Float32Array(this.#frames - start);
    let at = -start;
    for (const block of this.#blocks) {
      if (at + block.length > 0) samples.set(block.subarray(Math.max(0, -at)), Math.max(0, at));
      at += block.length;
    }
    return samples;
  }

  #take({ frame, samples }: TapBlock): void {
    if (this.#blocks.length === 0) this.#firstFrame = frame;
    this.#blocks.push(samples);
    this.#frames += samples.length;
    this.changes.announce();
  }
}
