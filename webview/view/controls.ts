import type { Intent } from '../../src/protocol/messages.ts';
import type { MicrophoneState, SessionView } from '../../src/protocol/session-view.ts';
import { element, setAttribute } from './element.ts';
import { microphoneStatus } from './microphone-words.ts';
import { PushButton } from './toolkit.ts';
import { words } from './words.ts';

/** Starts and stops the session, and what can be switched within it. */
export class Controls {
  readonly element = element('div', 'controls');
  readonly #session: PushButton;
  readonly #microphone: PushButton;
  readonly #speaker: PushButton;
  readonly #save: PushButton;
  #sessionIntent: Intent = { kind: 'start' };
  #microphoneIntent: Intent = { kind: 'toggleMicrophone' };

  constructor(onIntent: (intent: Intent) => void) {
    this.element.role = 'toolbar';
    this.element.ariaLabel = words.controls;
    // One button for both, so that pressing it does not lose the focus.
    this.#session = new PushButton({
      look: 'primary',
      icon: 'play',
      label: words.start,
      onPress: () => onIntent(this.#sessionIntent),
    });
    this.#session.element.classList.add('session-button');
    this.#microphone = new PushButton({
      look: 'icon',
      icon: 'mic',
      label: words.microphone.mute,
      onPress: () => onIntent(this.#microphoneIntent),
    });
    this.#speaker = new PushButton({
      look: 'icon',
      icon: 'unmute',
      label: words.speaker.mute,
      onPress: () => onIntent({ kind: 'toggleSpeaker' }),
    });
    this.#save = new PushButton({
      look: 'icon',
      icon: 'save',
      label: words.saveReply,
      onPress: () => onIntent({ kind: 'saveLastReply' }),
    });
    const buttons = [this.#session, this.#microphone, this.#speaker, this.#save];
    this.element.append(...buttons.map((button) => button.element));
  }

  /** Takes the focus that another part of the page has to give up. */
  focus(): void {
    this.#session.element.focus();
  }

  render({ phase, microphone, speaker, canSaveReply }: SessionView): void {
    const open = phase !== 'idle';
    this.#sessionIntent = { kind: open ? 'stop' : 'start' };
    this.#session.setLook(open ? 'secondary' : 'primary');
    this.#session.setIcon(open ? 'debug-stop' : 'play');
    this.#session.setLabel(open ? words.stop : words.start);
    this.#renderMicrophone(microphone, open);
    this.#speaker.setIcon(speaker.muted ? 'mute' : 'unmute');
    this.#speaker.setPressed(speaker.muted);
    this.#speaker.setLabel(words.speaker.mute);
    this.#save.setDisabled(!canSaveReply);
  }

  #renderMicrophone(microphone: MicrophoneState, sessionOpen: boolean): void {
    const button = this.#microphone;
    setAttribute(button.element, 'data-state', microphone.kind);
    const failed = microphone.kind === 'failed';
    const muted = microphone.kind === 'muted';
    this.#microphoneIntent = failed ? { kind: 'mend', mend: 'retryMicrophone' } : { kind: 'toggleMicrophone' };
    button.setDisabled(!sessionOpen || microphone.kind === 'off');
    button.setPressed(failed ? undefined : muted);
    const silencedByDevice = microphone.kind === 'on' && microphone.hardwareMuted;
    button.setIcon(failed || muted || silencedByDevice ? 'mic-muted' : 'mic');
    const action = failed ? words.microphone.retry : words.microphone.mute;
    button.setLabel(failed || silencedByDevice ? `${action} (${microphoneStatus(microphone)})` : action);
  }
}
