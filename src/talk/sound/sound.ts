import * as vscode from 'vscode';
import type { LiveLog } from '../../live/log.ts';
import type { LiveSession } from '../../live/session.ts';
import type { SessionView } from '../../protocol/session-view.ts';
import type { SettingsSource } from '../../settings/current-settings.ts';
import type { SurfaceHub } from '../../surface/hub.ts';
import { MicrophoneControl } from './microphone-control.ts';
import { SpeakerControl } from './speaker-control.ts';

interface SoundOptions {
  readonly hub: SurfaceHub;
  readonly log: LiveLog;
  readonly settings: SettingsSource;
}

/** What is heard and what is played, between a session and the surface that captures and plays. */
export class Sound implements vscode.Disposable {
  readonly microphone: MicrophoneControl;
  readonly speaker: SpeakerControl;
  readonly #log: LiveLog;
  readonly #changed = new vscode.EventEmitter<void>();
  readonly #listeners: readonly vscode.Disposable[];
  /** What is to be seen of microphone or loudspeaker has changed. */
  readonly onDidChange = this.#changed.event;

  constructor({ hub, log, settings }: SoundOptions) {
    this.#log = log;
    this.microphone = new MicrophoneControl(hub, settings);
    this.speaker = new SpeakerControl(hub);
    this.#listeners = [
      this.speaker.onDidChange(() => this.#changed.fire()),
      settings.onDidChange(() => this.microphone.ask()),
      hub.onDidChangeMedia(() => this.#mediaChanged()),
      hub.on('microphoneState', ({ state }) => {
        if (state.kind === 'failed') log.warn(`microphone: ${state.reason} (${state.detail})`);
        this.microphone.report(state);
        this.#changed.fire();
      }),
      hub.on('played', ({ reply, playedSamples }) => {
        this.speaker.played(reply, playedSamples);
        this.#changed.fire();
      }),
      hub.on('speakerLocked', ({ locked }) => {
        this.speaker.setLocked(locked);
        this.#changed.fire();
      }),
      hub.on('speakerFailed', ({ reason, detail }) => {
        log.warn(`loudspeaker: ${reason} (${detail})`);
        this.speaker.surfaceFailed(reason);
        this.#changed.fire();
      }),
    ];
  }

  get view(): Pick<SessionView, 'microphone' | 'speaker' | 'canSaveReply'> {
    const { microphone, speaker } = this;
    return { microphone: microphone.state, speaker: speaker.view, canSaveReply: speaker.lastReply.length > 0 };
  }

  /** @param textReplies the person chose to read replies */
  sessionBegins(session: LiveSession, textReplies: boolean): void {
    this.microphone.setSession(session);
    session.on('audio', (reply, pcm16) => {
      this.speaker.audio(reply, pcm16);
      this.#changed.fire();
    });
    session.on('audioEnd', (reply) => this.speaker.end(reply));
    session.on('flush', (throughReply) => {
      this.speaker.flush(throughReply);
      this.#changed.fire();
    });
    this.speaker.sessionBegins(session, textReplies);
  }

  sessionEnds(): void {
    const lost = this.microphone.takeLostChunks();
    if (lost > 0) this.#log.warn(`microphone: ${lost} chunks of 20 ms never came from the surface`);
    this.speaker.sessionEnds();
    void this.microphone.close();
    this.microphone.setSession(undefined);
  }

  toggleMicrophone(): void {
    this.microphone.setMuted(!this.microphone.muted);
    this.#changed.fire();
  }

  toggleSpeaker(): void {
    this.speaker.toggleMuted();
    this.#changed.fire();
  }

  dispose(): void {
    for (const listener of this.#listeners) listener.dispose();
    this.microphone.dispose();
    this.speaker.dispose();
    this.#changed.dispose();
  }

  /** Another surface captures and plays from now on, or none does. */
  #mediaChanged(): void {
    this.microphone.surfaceGone();
    this.microphone.ask();
    this.speaker.surfaceChanged();
    this.#changed.fire();
  }
}
