import type {
  AudioEndMessage,
  AudioMessage,
  FlushMessage,
  FromSurface,
  MicrophoneMessage,
  SpeakerMessage,
} from '../src/protocol/messages.ts';
import type { Channel } from './channel/channel.ts';
import { ownBuffer } from './channel/incoming.ts';
import type { ChosenDevices } from './devices/chosen-devices.ts';
import { MicrophoneFollower } from './follow-microphone.ts';
import { Microphone } from './microphone/microphone.ts';
import type { MicrophoneConsent } from './microphone/microphone-consent.ts';
import type { MicrophoneState } from './microphone/microphone-state.ts';
import { Speaker } from './speaker/speaker.ts';
import type { SpeakerFailure } from './speaker/speaker-state.ts';
import type { PlayedReport } from './speaker/worklet-messages.ts';

/** Where the host serves the worklets and the worker from: a webview's addresses are only known there. */
export interface MediaAssets {
  readonly microphoneWorkletUrl: string;
  readonly speakerWorkletUrl: string;
  readonly pictureWorkerUrl: string;
}

/** What only a page of its own has to offer: a webview neither asks for the microphone itself nor chooses devices. */
export interface PageMedia {
  readonly consent: MicrophoneConsent;
  readonly devices: ChosenDevices;
}

/**
 * The loudspeaker tells every 50 ms how far it is. The host shows whole words of captions by it, and what was heard of an
 * interrupted reply comes by itself: for both every 150 ms is enough, at a third of the messages.
 */
const PLAYED_EVERY_SAMPLES = 150 * 24;

interface MediaOptions {
  readonly assets: MediaAssets;
  readonly page?: PageMedia | undefined;
  readonly channel: Channel;
  /** The browser holds the microphone back until the person clicks or presses a key in this page, or no more. */
  readonly onMicrophoneWaits: (waits: boolean) => void;
}

/** What the host says to the surface that captures and plays. */
export type MediaMessage = MicrophoneMessage | AudioMessage | AudioEndMessage | FlushMessage | SpeakerMessage;

/**
 * The ears and the voice of a surface, from the moment it is given the `media` role until it loses it. What goes through
 * here never touches the view, so that a busy page cannot hold up the sound.
 */
export class Media {
  readonly #assets: MediaAssets;
  readonly #page: PageMedia | undefined;
  readonly #channel: Channel;
  readonly #onMicrophoneWaits: (waits: boolean) => void;
  readonly #ending = new AbortController();
  readonly #microphone: Microphone;
  readonly #follower: MicrophoneFollower;
  /** Made with the first session: an audio output kept open for nothing costs battery. */
  #speaker: Speaker | undefined;
  #speakerMuted = false;
  #lastPlayed: { readonly reply: number; readonly playedSamples: number } | undefined;
  #waitsForConsent = false;
  /** Empty: the system's own. */
  #loudspeakerId = '';

  constructor({ assets, page, channel, onMicrophoneWaits }: MediaOptions) {
    this.#assets = assets;
    this.#page = page;
    this.#channel = channel;
    this.#onMicrophoneWaits = onMicrophoneWaits;
    this.#microphone = new Microphone({
      workletUrl: assets.microphoneWorkletUrl,
      channel,
      onState: (state) => this.#microphoneChanged(state),
    });
    this.#follower = new MicrophoneFollower({
      microphone: this.#microphone,
      untilMayOpen: (signal) => this.#untilMayOpen(signal),
      deviceId: () => page?.devices.microphone.deviceId,
    });
    page?.devices.onChange(() => this.#devicesChanged(), this.#ending.signal);
  }

  receive(message: MediaMessage): void {
    switch (message.type) {
      case 'microphone':
        if (message.wanted !== 'off') this.#openSpeaker();
        this.#follower.follow(message);
        return;
      case 'audio':
        this.#openSpeaker().enqueue(message.reply, ownBuffer(message.pcm16));
        return;
      case 'audioEnd':
        this.#speaker?.finish(message.reply);
        return;
      case 'flush':
        this.#speaker?.flush(message.throughReply);
        return;
      case 'speaker':
        this.#speakerMuted = message.muted;
        this.#speaker?.setMuted(message.muted);
        return;
    }
  }

  /** Call it in every click and key press: browsers keep pages silent until one. */
  unlock(): void {
    this.#speaker?.unlock();
  }

  dispose(): void {
    this.#ending.abort();
    this.#follower.dispose();
    this.#microphone.dispose();
    void this.#speaker?.dispose();
    this.#speaker = undefined;
  }

  async #untilMayOpen(signal: AbortSignal): Promise<void> {
    if (this.#page === undefined) return;
    const { devices, consent } = this.#page;
    await devices.settled();
    await consent.untilGiven(signal, () => {
      this.#waitsForConsent = true;
      this.#channel.post({ type: 'microphoneState', state: { kind: 'waiting' } });
      this.#onMicrophoneWaits(true);
    });
    if (!this.#waitsForConsent || this.#ending.signal.aborted) return;
    this.#waitsForConsent = false;
    this.#onMicrophoneWaits(false);
    // The request was withdrawn; a microphone that is opened now speaks for itself.
    if (signal.aborted) this.#microphoneChanged(this.#microphone.state);
  }

  #microphoneChanged(state: MicrophoneState): void {
    const waits = state.kind === 'starting' && state.needsGesture;
    this.#channel.post({ type: 'microphoneState', state: waits ? { kind: 'waiting' } : state });
    this.#onMicrophoneWaits(waits);
    if (state.kind !== 'on') return;
    // A page that captures may be heard without a click.
    this.#speaker?.unlock();
    // Now that one is allowed, the browser tells what the devices are called.
    void this.#page?.devices.refresh();
  }

  #devicesChanged(): void {
    this.#follower.deviceChanged();
    if (this.#speaker !== undefined) void this.#chooseLoudspeaker(this.#speaker);
  }

  async #chooseLoudspeaker(speaker: Speaker): Promise<void> {
    const chosen = this.#page?.devices.loudspeaker.deviceId ?? '';
    if (chosen === this.#loudspeakerId) return;
    this.#loudspeakerId = chosen;
    const change = await speaker.setDevice(chosen);
    if (change.kind === 'refused' && chosen !== '') this.#page?.devices.refuseLoudspeaker(chosen);
  }

  #tellPlayed({ reply, playedSamples, bufferedSamples, underruns, final }: PlayedReport): void {
    const told = this.#lastPlayed;
    const isNews = final || bufferedSamples === 0 || reply !== told?.reply;
    if (!isNews && playedSamples - told.playedSamples < PLAYED_EVERY_SAMPLES) return;
    this.#lastPlayed = { reply, playedSamples };
    this.#channel.post({ type: 'played', reply, playedSamples, bufferedSamples, underruns });
  }

  #openSpeaker(): Speaker {
    if (this.#speaker !== undefined) return this.#speaker;
    const speaker = new Speaker({
      workletUrl: this.#assets.speakerWorkletUrl,
      onPlayed: (report) => this.#tellPlayed(report),
      onLocked: (locked) => this.#channel.post({ type: 'speakerLocked', locked }),
      onFailed: (failure) => this.#channel.post(failureMessage(failure)),
    });
    if (this.#speakerMuted) speaker.setMuted(true);
    this.#speaker = speaker;
    void this.#chooseLoudspeaker(speaker);
    return speaker;
  }
}

function failureMessage(failure: SpeakerFailure): FromSurface {
  const { reason } = failure;
  const detail = reason === 'overflow' ? `${failure.droppedSamples} samples of reply ${failure.reply}` : failure.detail;
  return { type: 'speakerFailed', reason, detail: detail.slice(0, 500) };
}
