import { sharedSources, type SharesView } from '../../src/protocol/picture.ts';
import type { SessionView } from '../../src/protocol/session-view.ts';
import { LEVEL_STEPS, levelStep } from '../../src/protocol/level.ts';
import { element, setAttribute, setHidden, setText } from './element.ts';
import { icon, type IconName, setIcon } from './icon.ts';
import { isHearing, microphoneStatus, type MicrophoneView } from './microphone-words.ts';
import { sharingSentence } from './share-words.ts';
import { words } from './words.ts';

/** Says at a glance how things stand: state, time, what the microphone hears, which model answers. */
export class Header {
  readonly element = element('header', 'status');
  readonly #icon = icon('circle-large');
  readonly #state = element('span', 'state-word');
  readonly #sharing = element('span', 'sharing-marker');
  readonly #sharingWord = element('span', 'sharing-word');
  readonly #elapsed = new Elapsed();
  readonly #microphone = element('span', 'microphone');
  readonly #microphoneIcon = icon('mic');
  readonly #microphoneWord = element('span', 'microphone-word');
  readonly #meter = new Meter();
  readonly #model = element('span', 'model');
  #hearing = false;

  constructor() {
    this.#microphone.append(this.#microphoneIcon, this.#meter.element, this.#microphoneWord);
    this.#sharing.append(icon('record'), this.#sharingWord);
    setHidden(this.#sharing, true);
    const state = element('span', 'state', this.#icon, this.#state);
    this.element.append(
      element('div', 'status-line', state, this.#sharing, this.#elapsed.element),
      element('div', 'status-line', this.#microphone, this.#model),
    );
  }

  render(session: SessionView): void {
    const { phase, model, service } = session;
    setAttribute(this.element, 'data-phase', phase);
    setIcon(this.#icon, stateIcon(session));
    setText(this.#state, stateWord(session));
    this.#elapsed.show(session.startedAtMs);
    setText(this.#model, model);
    setAttribute(this.#model, 'title', words.model(model, service));
    this.#renderMicrophone(session, phase !== 'idle' && phase !== 'connecting');
  }

  /** A red mark, in words too, for as long as anything is shared. */
  showShares(shares: SharesView): void {
    const sentence = sharingSentence(sharedSources(shares));
    setHidden(this.#sharing, sentence === '');
    setText(this.#sharingWord, sentence);
    setAttribute(this.#sharing, 'title', sentence);
  }

  /** @param level RMS of full scale, 0 to 1. */
  showLevel(level: number): void {
    this.#meter.show(this.#hearing ? level : 0);
  }

  dispose(): void {
    this.#elapsed.dispose();
    this.#meter.dispose();
  }

  #renderMicrophone(view: MicrophoneView, capturing: boolean): void {
    const { microphone } = view;
    this.#hearing = isHearing(microphone);
    // It is about to be opened: "off" would only alarm.
    setHidden(this.#microphone, !capturing && microphone.kind === 'off');
    setIcon(this.#microphoneIcon, this.#hearing || microphone.kind === 'starting' ? 'mic' : 'mic-muted');
    setHidden(this.#meter.element, !this.#hearing);
    setHidden(this.#microphoneWord, this.#hearing);
    setText(this.#microphoneWord, microphoneStatus(view));
    if (microphone.kind === 'on') this.#meter.setDevice(microphone.label);
    if (!this.#hearing) this.#meter.show(0);
  }
}

/** "Listening" is only said while somebody is heard. */
export function stateWord({ phase, microphone }: SessionView): string {
  return phase === 'listening' && !isHearing(microphone) ? words.notHearing : words.phase[phase];
}

function stateIcon({ phase, microphone }: SessionView): IconName {
  switch (phase) {
    case 'idle':
      return 'circle-large';
    case 'connecting':
      return 'loading';
    case 'reconnecting':
      return 'sync';
    case 'speaking':
      return 'unmute';
    case 'listening':
      return isHearing(microphone) ? 'pulse' : 'vm-active';
  }
}

/** The session's age as `m:ss`, from an hour on `h:mm:ss`. Clocks that disagree never make it negative. */
function formatElapsed(elapsedMs: number): string {
  const seconds = Math.max(0, Math.floor(elapsedMs / 1000));
  const two = (value: number): string => String(value).padStart(2, '0');
  const [hours, minutes] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60];
  return hours > 0 ? `${hours}:${two(minutes)}:${two(seconds % 60)}` : `${two(minutes)}:${two(seconds % 60)}`;
}

/** A clock that ticks while a session runs. */
class Elapsed {
  readonly element = element('span', 'elapsed');
  #startedAtMs: number | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor() {
    this.element.role = 'timer';
    this.element.ariaLabel = words.elapsed;
    setHidden(this.element, true);
  }

  /** @param startedAtMs Unix time in milliseconds; undefined: no session is live. */
  show(startedAtMs: number | undefined): void {
    if (startedAtMs === this.#startedAtMs) return;
    this.#startedAtMs = startedAtMs;
    setHidden(this.element, startedAtMs === undefined);
    this.#tick();
  }

  dispose(): void {
    clearTimeout(this.#timer);
  }

  #tick(): void {
    clearTimeout(this.#timer);
    if (this.#startedAtMs === undefined) return;
    const elapsedMs = Date.now() - this.#startedAtMs;
    setText(this.element, formatElapsed(elapsedMs));
    // At the next full second of the session, so that no second is shown twice as long as another.
    this.#timer = setTimeout(() => this.#tick(), 1000 - (Math.max(0, elapsedMs) % 1000));
  }
}

/** A level that is to be seen is said again three times a second or more; when that stops, nothing is heard. */
const LEVEL_STALE_MS = 500;

/** The microphone's loudness. It stands at zero whenever nothing arrives: it never pretends to hear. */
class Meter {
  readonly element = element('span', 'meter');
  readonly #bar = element('span', 'meter-bar');
  #shown: number | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor() {
    this.element.role = 'meter';
    this.element.ariaValueMin = '0';
    this.element.ariaValueMax = '100';
    this.element.append(this.#bar);
    this.setDevice('');
    this.#stand(0);
  }

  /** @param label The device's name, empty where the browser keeps it to itself. */
  setDevice(label: string): void {
    const name = label === '' ? words.microphone.level : words.microphone.levelOf(label);
    setAttribute(this.element, 'aria-label', name);
    setAttribute(this.element, 'title', name);
  }

  /** @param level RMS of full scale, 0 to 1. */
  show(level: number): void {
    clearTimeout(this.#timer);
    const step = levelStep(level);
    this.#stand(step);
    if (step > 0) this.#timer = setTimeout(() => this.#stand(0), LEVEL_STALE_MS);
  }

  dispose(): void {
    clearTimeout(this.#timer);
  }

  /** Jumps from step to step: what moves smoothly is painted anew for every picture of the screen. */
  #stand(step: number): void {
    if (step === this.#shown) return;
    this.#shown = step;
    const fraction = step / LEVEL_STEPS;
    setAttribute(this.element, 'aria-valuenow', String(Math.round(fraction * 100)));
    this.#bar.style.transform = `scaleX(${fraction.toFixed(3)})`;
  }
}
