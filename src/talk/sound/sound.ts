import type { Disposable } from 'vscode';
import type { LiveLog } from '../../live/log.ts';
import type { LiveSession } from '../../live/session.ts';
import type { SessionView } from '../../protocol/session-view.ts';
import type { SurfaceHub } from '../../surface/hub.ts';
import { MicrophoneControl } from './microphone-control.ts';
import { SpeakerControl } from './speaker-control.ts';

interface SoundOptions {
  readonly hub: SurfaceHub;
  readonly log: LiveLog;
  /** Echo cancellation, noise suppression and gain control on the microphone. */
  readonly processing: () => boolean;
  /** What is to be seen of microphone or loudspeaker has changed. */
  readonly changed: () => void;
}

/** What is heard and what is played, between a session and the surface that captures and plays. */
export class Sound {
  readonly microphone: MicrophoneControl;
  readonly speaker: SpeakerControl;
  readonly #options: SoundOptions;
  readonly #listeners: readonly Disposable[];
  #session: LiveSession | undefined;

  constructor(options: SoundOptions) {
    this.#options = options;
    const { hub, log, processing, changed } = options;
    this.microphone = new MicrophoneControl({
      postToMedia: (message) => hub.postToMedia(message),
      broadcast: (message) => hub.broadcast(message),
      processing,
      canCapture: () => hub.mediaAbilities.has('microphone'),
    });
    this.speaker = new SpeakerControl({
      postToMedia: (message) => hub.postToMedia(message),
      canPlay: () => hub.mediaAbilities.has('playback'),
      changed,
    });
    this.#listeners = [
      hub.on('microphoneChunk', (chunk) => {
        if (this.microphone.accepts(chunk)) this.#session?.sendMicrophone(chunk.pcm16);
      }),
      hub.on('microphoneState', ({ state }) => {
        if (state.kind === 'failed') log.warn(`microphone: ${state.reason} (${state.detail})`);
        this.microphone.report(state);
        changed();
      }),
      hub.on('played', ({ reply, playedSamples }) => {
        this.speaker.played(reply, playedSamples);
        changed();
      }),
      hub.on('speakerLocked', ({ locked }) => {
        this.speaker.setLocked(locked);
        changed();
      }),
      hub.on('speakerFailed', ({ reason, detail }) => {
        log.warn(`loudspeaker: ${reason} (${detail})`);
        this.speaker.surfaceFailed(reason);
        changed();
      }),
    ];
  }

  get view(): Pick<SessionView, 'microphone' | 'speaker' | 'canSaveReply'> {
    const { microphone, speaker } = this;
    return { microphone: microphone.state, speaker: speaker.view, canSaveReply: speaker.lastReply.length > 0 };
  }

  /** @param textReplies the person chose to read replies */
  sessionBegins(session: LiveSession, textReplies: boolean): void {
    const { changed } = this.#options;
    this.#session = session;
    session.on('audio', (reply, pcm16) => {
      this.speaker.audio(reply, pcm16);
      changed();
    });
    session.on('audioEnd', (reply) => this.speaker.end(reply));
    session.on('flush', (throughReply) => {
      this.speaker.flush(throughReply);
      changed();
    });
    this.speaker.sessionBegins(session, textReplies);
  }

  sessionEnds(): void {
    const lost = this.microphone.takeLostChunks();
    if (lost > 0) this.#options.log.warn(`microphone: ${lost} chunks of 20 ms never came from the surface`);
    this.speaker.sessionEnds();
    void this.microphone.close();
    this.#session = undefined;
  }

  /** Another surface captures and plays from now on, or none does. */
  mediaChanged(): void {
    this.microphone.surfaceGone();
    this.microphone.ask();
    this.speaker.surfaceChanged();
    this.#options.changed();
  }

  dispose(): void {
    for (const listener of this.#listeners) listener.dispose();
    this.speaker.dispose();
  }
}
