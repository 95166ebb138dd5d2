import { CAPTURE_RECORDER, type CaptureAnswer } from './capture-recorder-message.ts';

/** What a microphone gave to the page's own code so far, sample by sample, from the moment it was heard on. */
export interface Captured {
  readonly sampleRateHz: number;
  readonly samples: Float32Array;
}

/** Recorders beside the nodes that a page hears its microphones with. */
export class CaptureRecorders {
  readonly #nodes: AudioWorkletNode[] = [];

  /** Begins to record. The worklet is loaded in the context of `source`. */
  record(source: MediaStreamAudioSourceNode): void {
    const node = new AudioWorkletNode(source.context, CAPTURE_RECORDER, {
      numberOfInputs: 1,
      numberOfOutputs: 0,
      channelCount: 1,
      channelCountMode: 'explicit',
    });
    source.connect(node);
    this.#nodes.push(node);
  }

  /** Of those microphones that are open, in the order in which they were opened: what is closed answers no more. */
  async captured(): Promise<readonly Captured[]> {
    return Promise.all(this.#nodes.filter(({ context }) => context.state === 'running').map(ask));
  }
}

async function ask({ port, context }: AudioWorkletNode): Promise<Captured> {
  const { samples } = await new Promise<CaptureAnswer>((resolve) => {
    port.addEventListener('message', ({ data }: MessageEvent<CaptureAnswer>) => resolve(data), { once: true });
    port.start();
    port.postMessage('give');
  });
  return { sampleRateHz: context.sampleRate, samples };
}
