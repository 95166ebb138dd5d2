import type { Intent } from '../../src/protocol/messages.ts';
import { SHARE_SOURCES, type ShareSource, type SharesView } from '../../src/protocol/picture.ts';
import type { SessionView } from '../../src/protocol/session-view.ts';
import { emit } from '../dom-events.ts';
import { element, setAttribute, setHidden } from './element.ts';
import { microphoneStatus, type MicrophoneView } from './microphone-words.ts';
import { shareWords } from './share-words.ts';
import { PushButton } from './toolkit.ts';
import { words } from './words.ts';

/** Starts and stops the session, and what can be switched and shown within it. */
export class Controls {
  readonly element = element('div', 'controls');
  /** One button starts and stops, so that pressing it does not lose the focus. */
  readonly #session = new PushButton({ look: 'primary', icon: 'play', label: words.start });
  readonly #microphone = new PushButton({ look: 'icon', icon: 'mic', label: words.microphone.mute });
  readonly #speaker = new PushButton({ look: 'icon', icon: 'unmute', label: words.speaker.mute });
  readonly #save = new PushButton({ look: 'icon', icon: 'save', label: words.saveReply });
  readonly #share = new ShareButtons();
  #sessionIntent: Intent = { kind: 'start' };
  #microphoneIntent: Intent = { kind: 'toggleMicrophone' };

  constructor() {
    this.element.role = 'toolbar';
    this.element.ariaLabel = words.controls;
    this.#session.element.classList.add('session-button');
    this.#session.onPress(() => emit(this.element, 'intent', this.#sessionIntent));
    this.#microphone.onPress(() => emit(this.element, 'intent', this.#microphoneIntent));
    this.#speaker.onPress(() => emit(this.element, 'intent', { kind: 'toggleSpeaker' }));
    this.#save.onPress(() => emit(this.element, 'intent', { kind: 'saveLastReply' }));
    this.element.append(
      this.#session.element,
      this.#microphone.element,
      this.#speaker.element,
      ...this.#share.elements,
      this.#save.element,
    );
  }

  /** Takes the focus that another part of the page has to give up. */
  focus(): void {
    const { element: session } = this.#session;
    const target = session.hidden ? this.#share.elements.find((each) => !each.hidden) : session;
    target?.focus();
  }

  /** @param welcoming The first screen has a start button of its own; what is beside it here needs a session. */
  setWelcoming(welcoming: boolean): void {
    for (const button of [this.#session, this.#microphone, this.#speaker, this.#save]) {
      setHidden(button.element, welcoming);
    }
    setHidden(this.element, welcoming && !this.#share.known);
  }

  showShares(shares: SharesView): void {
    this.#share.render(shares);
  }

  render(session: SessionView): void {
    const { phase, speaker, canSaveReply } = session;
    const open = phase !== 'idle';
    this.#sessionIntent = { kind: open ? 'stop' : 'start' };
    this.#session.setLook(open ? 'secondary' : 'primary');
    this.#session.setIcon(open ? 'debug-stop' : 'play');
    this.#session.setLabel(open ? words.stop : words.start);
    this.#renderMicrophone(session, open);
    this.#speaker.setIcon(speaker.muted ? 'mute' : 'unmute');
    this.#speaker.setPressed(speaker.muted);
    this.#speaker.setLabel(words.speaker.mute);
    this.#save.setDisabled(!canSaveReply);
  }

  #renderMicrophone(view: MicrophoneView, sessionOpen: boolean): void {
    const { microphone } = view;
    const button = this.#microphone;
    setAttribute(button.element, 'data-state', microphone.kind);
    const failed = microphone.kind === 'failed';
    const muted = microphone.kind === 'muted';
    this.#microphoneIntent = failed
      ? { kind: 'problemAction', action: 'retryMicrophone' }
      : { kind: 'toggleMicrophone' };
    button.setDisabled(!sessionOpen || microphone.kind === 'off');
    button.setPressed(failed ? undefined : muted);
    const silencedByDevice = microphone.kind === 'on' && microphone.hardwareMuted;
    button.setIcon(failed || muted || silencedByDevice ? 'mic-muted' : 'mic');
    const action = failed ? words.microphone.retry : words.microphone.mute;
    button.setLabel(failed || silencedByDevice ? `${action} (${microphoneStatus(view)})` : action);
  }
}

/** Show something: one button each for screen and camera, which then stops it, and one for an image. */
class ShareButtons {
  readonly elements: readonly HTMLElement[];
  readonly #shares: Readonly<Record<ShareSource, PushButton>>;
  #view: SharesView | undefined;

  constructor() {
    this.#shares = { screen: this.#create('screen'), camera: this.#create('camera') };
    const image = new PushButton({ look: 'icon', icon: 'file-media', label: shareWords.showImage });
    image.onPress(() => emit(image.element, 'intent', { kind: 'showImage' }));
    this.elements = [this.#shares.screen.element, this.#shares.camera.element, image.element];
    // Until the host has said that something can be shared.
    for (const button of this.elements) setHidden(button, true);
  }

  /** Whether there is anything to be pressed. */
  get known(): boolean {
    return this.#view !== undefined;
  }

  render(shares: SharesView): void {
    this.#view = shares;
    for (const button of this.elements) setHidden(button, false);
    for (const source of SHARE_SOURCES) {
      const wanted = isWanted(shares, source);
      this.#shares[source].setLabel(wanted ? shareWords.stop[source] : shareWords.share[source]);
      this.#shares[source].element.classList.toggle('sharing', shares[source].state.kind === 'on');
    }
  }

  #create(source: ShareSource): PushButton {
    const icon = source === 'screen' ? 'device-desktop' : 'device-camera-video';
    const button = new PushButton({ look: 'icon', icon, label: shareWords.share[source] });
    button.onPress(() => this.#press(source, button.element));
    return button;
  }

  /** Within the click itself: the browser opens its picker for nothing less. */
  #press(source: ShareSource, button: HTMLElement): void {
    if (this.#view !== undefined && isWanted(this.#view, source)) {
      emit(button, 'intent', { kind: 'stopSharing', source });
      return;
    }
    emit(button, 'intent', { kind: 'share', source });
    emit(button, 'share-click', source);
  }
}

function isWanted(shares: SharesView, source: ShareSource): boolean {
  const { kind } = shares[source].state;
  return kind !== 'off' && kind !== 'failed';
}
