// What arrives from the microphone: resampled to 16 kHz where needed, kept, and cut into utterances.
import { StreamResampler } from '../audio/resample.ts';
import { DEFAULT_VOICE_ACTIVITY, VoiceActivityDetector, type VoiceActivity } from '../audio/voice-activity.ts';
import { bytesToPcm16, levelDbfs } from '../audio/wav.ts';
import { objectAt, stringAt, type JsonObject } from '../wire/json-value.ts';
import type { Service } from '../wire/protos.ts';

export interface Utterance {
  /** In the connection's audio at 16 kHz, counted from its first sample. */
  startSample: number;
  endSample: number;
  /** The samples between. */
  pcm16: Int16Array;
  durationMs: number;
  levelDbfs: number;
  endedBy: 'silence' | 'audioStreamEnd' | 'activityEnd';
}

export interface HearingEvents {
  onSpeechStarted(startSample: number): void;
  onUtterance(utterance: Utterance): void;
}

export const INPUT_RATE_HZ = 16_000;
/** Half an hour of audio: what a bench may need, and a bound for a server that runs for days. */
const KEPT_SAMPLES = 30 * 60 * INPUT_RATE_HZ;

export class Hearing {
  /** Whether the server finds speech by itself. */
  readonly automatic: boolean;
  readonly #detector: VoiceActivityDetector | undefined;
  readonly #events: HearingEvents;
  #resampler: { rateHz: number; stream: StreamResampler } | undefined;
  #blocks: Int16Array[] = [];
  #droppedSamples = 0;
  #keptSamples = 0;
  #activityStartSample: number | undefined;

  /** @param config `setup.realtimeInputConfig` with canonical names */
  static async create(config: JsonObject | undefined, service: Service, events: HearingEvents): Promise<Hearing> {
    const detection = objectAt(config, 'automaticActivityDetection');
    if (detection?.['disabled'] === true) return new Hearing(undefined, events);
    // Sensitivities default to HIGH on the Gemini API and LOW on Vertex (docs/live-api.md, "Hearing the person").
    const usual = service === 'vertex' ? 'LOW' : 'HIGH';
    const sensitivity = (name: string) => {
      const told = stringAt(detection, name);
      return told?.endsWith('_LOW') ? 'LOW' : told?.endsWith('_HIGH') ? 'HIGH' : usual;
    };
    const milliseconds = (name: string, fallback: number) => {
      const told = detection?.[name];
      return typeof told === 'number' ? told : fallback;
    };
    const detector = await VoiceActivityDetector.create({
      prefixPaddingMs: milliseconds('prefixPaddingMs', DEFAULT_VOICE_ACTIVITY.prefixPaddingMs),
      silenceDurationMs: milliseconds('silenceDurationMs', DEFAULT_VOICE_ACTIVITY.silenceDurationMs),
      startSensitivity: sensitivity('startOfSpeechSensitivity'),
      endSensitivity: sensitivity('endOfSpeechSensitivity'),
    });
    return new Hearing(detector, events);
  }

  private constructor(detector: VoiceActivityDetector | undefined, events: HearingEvents) {
    this.automatic = detector !== undefined;
    this.#detector = detector;
    this.#events = events;
  }

  get totalSamples(): number {
    return this.#droppedSamples + this.#keptSamples;
  }

  get speaking(): boolean {
    return this.#detector?.speaking ?? this.#activityStartSample !== undefined;
  }

  /** All that arrived, at 16 kHz mono (the last half hour of it). */
  get pcm16(): Int16Array {
    return this.#slice(this.#droppedSamples, this.totalSamples);
  }

  /** @returns how many samples at 16 kHz the block became */
  push(bytes: Buffer, rateHz: number): number {
    const pcm16 = this.#toInputRate(bytesToPcm16(bytes), rateHz);
    this.#keep(pcm16);
    for (const activity of this.#detector?.push(pcm16) ?? []) this.#report(activity, 'silence');
    return pcm16.length;
  }

  audioStreamEnd(): void {
    const activity = this.#detector?.end();
    if (activity) this.#report(activity, 'audioStreamEnd');
  }

  activityStart(): void {
    this.#activityStartSample = this.totalSamples;
    this.#events.onSpeechStarted(this.#activityStartSample);
  }

  activityEnd(): void {
    const startSample = this.#activityStartSample;
    this.#activityStartSample = undefined;
    if (startSample !== undefined) this.#end(startSample, this.totalSamples, 'activityEnd');
  }

  dispose(): void {
    this.#detector?.dispose();
  }

  #toInputRate(pcm16: Int16Array, rateHz: number): Int16Array {
    if (rateHz === INPUT_RATE_HZ) return pcm16;
    if (this.#resampler?.rateHz !== rateHz) {
      this.#resampler = { rateHz, stream: new StreamResampler(rateHz, INPUT_RATE_HZ) };
    }
    return this.#resampler.stream.push(pcm16);
  }

  #keep(pcm16: Int16Array): void {
    this.#blocks.push(pcm16);
    this.#keptSamples += pcm16.length;
    while (this.#keptSamples > KEPT_SAMPLES) {
      const dropped = this.#blocks.shift()?.length ?? 0;
      this.#keptSamples -= dropped;
      this.#droppedSamples += dropped;
    }
  }

  #slice(startSample: number, endSample: number): Int16Array {
    const slice = new Int16Array(Math.max(0, endSample - startSample));
    let blockStart = this.#droppedSamples;
    for (const block of this.#blocks) {
      const from = Math.max(startSample, blockStart);
      const to = Math.min(endSample, blockStart + block.length);
      if (from < to) slice.set(block.subarray(from - blockStart, to - blockStart), from - startSample);
      blockStart += block.length;
    }
    return slice;
  }

  #report(activity: VoiceActivity, endedBy: Utterance['endedBy']): void {
    if (activity.kind === 'started') this.#events.onSpeechStarted(activity.startSample);
    else this.#end(activity.startSample, activity.endSample, endedBy);
  }

  #end(startSample: number, endSample: number, endedBy: Utterance['endedBy']): void {
    const pcm16 = this.#slice(startSample, endSample);
    const durationMs = ((endSample - startSample) / INPUT_RATE_HZ) * 1000;
    this.#events.onUtterance({ startSample, endSample, pcm16, durationMs, levelDbfs: levelDbfs(pcm16), endedBy });
  }
}
