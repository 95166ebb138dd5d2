import { CapturePipeline } from './capture-pipeline.ts';
import { MICROPHONE_PROCESSOR, type MicrophoneCommand, type MicrophoneEvent } from './worklet-messages.ts';

/** Runs on the audio thread, so chunks come by the audio clock however busy or throttled the page is. */
class MicrophoneProcessor extends AudioWorkletProcessor implements AudioWorkletProcessorImpl {
  #mode: 'running' | 'paused' | 'finished' = 'running';
  readonly #pipeline = new CapturePipeline(Math.round(sampleRate), (pcm16, level) => {
    this.#tell({ type: 'chunk', pcm16, level }, [pcm16]);
  });

  constructor() {
    super();
    // Everything sent to this port is a MicrophoneCommand: capture.ts is the only one that holds the other end.
    this.port.onmessage = ({ data }: MessageEvent<MicrophoneCommand>) => this.#obey(data);
  }

  process(inputs: Float32Array[][]): boolean {
    const channels = inputs[0];
    if (this.#mode === 'running' && channels !== undefined) this.#pipeline.push(channels);
    return this.#mode !== 'finished';
  }

  #obey(command: MicrophoneCommand): void {
    if (this.#mode === 'finished') return;
    switch (command.type) {
      case 'pause':
        this.#mode = 'paused';
        this.#pipeline.discard();
        return;
      case 'resume':
        this.#mode = 'running';
        return;
      case 'finish':
        if (this.#mode === 'running') this.#pipeline.flush();
        this.#mode = 'finished';
        this.#tell({ type: 'finished' });
    }
  }

  #tell(event: MicrophoneEvent, transfer: Transferable[] = []): void {
    this.port.postMessage(event, transfer);
  }
}

registerProcessor(MICROPHONE_PROCESSOR, MicrophoneProcessor);
