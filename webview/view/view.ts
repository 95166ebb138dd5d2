import type { ConversationMessage, Intent, RolesMessage } from '../../src/protocol/messages.ts';
import type { SessionView } from '../../src/protocol/session-view.ts';
import { Announcer } from './announcer.ts';
import { Composer } from './composer.ts';
import { Controls } from './controls.ts';
import type { DraftStore } from './draft.ts';
import { setHidden } from './element.ts';
import { Header } from './header.ts';
import { Hear } from './hear.ts';
import { Problems } from './problems.ts';
import { Transcript } from './transcript.ts';
import { Welcome } from './welcome.ts';

interface ViewOptions {
  readonly draft: DraftStore;
  readonly onIntent: (intent: Intent) => void;
  /** The person lets this page ask for the microphone. */
  readonly onUseMicrophone: () => void;
}

/** The picture of the session. It shows what the host says and passes on what the person asks for; it decides nothing. */
export class View {
  readonly #root: HTMLElement;
  readonly #header = new Header();
  readonly #problems: Problems;
  readonly #welcome: Welcome;
  readonly #transcript: Transcript;
  readonly #hear: Hear;
  readonly #controls: Controls;
  readonly #announcer = new Announcer();
  #session: SessionView | undefined;
  #playsHere = false;
  #microphoneWaits = false;

  /** @param root The element to fill; it is empty until the host has said how things stand. */
  constructor(root: HTMLElement, { draft, onIntent, onUseMicrophone }: ViewOptions) {
    this.#root = root;
    this.#problems = new Problems((mend) => onIntent({ kind: 'mend', mend }));
    this.#welcome = new Welcome(() => onIntent({ kind: 'start' }));
    this.#transcript = new Transcript(this.#welcome.element);
    this.#hear = new Hear(onUseMicrophone);
    this.#controls = new Controls(onIntent);
    const composer = new Composer({ draft, onSend: (text) => onIntent({ kind: 'type', text }) });
    root.classList.add('view');
    setHidden(root, true);
    root.replaceChildren(
      this.#header.element,
      this.#problems.element,
      this.#transcript.element,
      this.#hear.element,
      composer.element,
      this.#controls.element,
      this.#announcer.element,
    );
  }

  setRoles({ view, media }: RolesMessage): void {
    this.#root.classList.toggle('without-view', !view);
    this.#playsHere = media;
    this.#renderSession();
  }

  showSession(session: SessionView): void {
    this.#session = session;
    setHidden(this.#root, false);
    this.#announcer.session(session);
    this.#renderSession();
  }

  showEntries(message: ConversationMessage): void {
    const wasEmpty = this.#transcript.isEmpty;
    this.#transcript.render(message);
    this.#announcer.entries(message.entries, !message.reset);
    if (this.#session !== undefined && wasEmpty !== this.#transcript.isEmpty) this.#renderWelcome(this.#session);
  }

  /** The one thing the page knows before the host: its own browser wants a click before the microphone runs. */
  showMicrophoneWaits(waits: boolean): void {
    if (waits === this.#microphoneWaits) return;
    this.#microphoneWaits = waits;
    this.#renderSession();
  }

  /** @param level RMS of full scale, 0 to 1. */
  showLevel(level: number): void {
    this.#header.showLevel(level);
  }

  dispose(): void {
    this.#header.dispose();
    this.#transcript.dispose();
    this.#root.replaceChildren();
  }

  #renderSession(): void {
    const session = this.#session;
    if (session === undefined) return;
    this.#header.render(session);
    this.#problems.render(session.problems);
    this.#hear.render(session, this.#playsHere, this.#microphoneWaits);
    this.#controls.render(session);
    this.#renderWelcome(session);
  }

  /** The first screen has a start button of its own; the bar with the other one would only say it twice. */
  #renderWelcome(session: SessionView): void {
    const { isEmpty } = this.#transcript;
    const hadFocus = this.#welcome.element.contains(document.activeElement);
    this.#welcome.render(session, isEmpty);
    setHidden(this.#controls.element, isEmpty && session.phase === 'idle');
    if (hadFocus && session.phase !== 'idle') this.#controls.focus();
  }
}
