import { Playout, REPLY_RATE_HZ } from './playout.ts';
import { RateAdapter, type Renderer } from './rate-adapter.ts';
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
