import type {
  ConversationMessage,
  PointingMessage,
  RolesMessage,
  SentPictureMessage,
} from '../../src/protocol/messages.ts';
import type { SharesView } from '../../src/protocol/picture.ts';
import type { SessionView } from '../../src/protocol/session-view.ts';
import { Announcer } from './announcer.ts';
import { Composer, type DraftStore } from './composer.ts';
import { Controls } from './controls.ts';
import { setHidden } from './element.ts';
import { Header } from './header.ts';
import { Hear, Problems } from './alerts.ts';
import { StillIntake } from './still-intake.ts';
import { Transcript, Welcome } from './transcript.ts';
import { WhatItSees } from './what-it-sees.ts';

/**
 * The picture of the session. It shows what the host says and decides nothing. What the person asks for it tells by events
 * of its root: `intent`, `share-click`, `use-microphone` and `still`.
 */
export class View {
  readonly #root: HTMLElement;
  readonly #header = new Header();
  readonly #problems = new Problems();
  readonly #sees = new WhatItSees();
  readonly #stills: StillIntake;
  readonly #welcome = new Welcome();
  readonly #transcript = new Transcript(this.#welcome.element);
  readonly #hear = new Hear();
  readonly #controls = new Controls();
  readonly #announcer = new Announcer();
  #session: SessionView | undefined;
  #playsHere = false;
  #microphoneWaits = false;

  /** @param root The element to fill; it is empty until the host has said how things stand. */
  constructor(root: HTMLElement, draft: DraftStore) {
    this.#root = root;
    this.#stills = new StillIntake(root);
    this.#sees.element.addEventListener('focus-lost', () => this.#controls.focus());
    const composer = new Composer(draft);
    root.classList.add('view');
    setHidden(root, true);
    root.replaceChildren(
      this.#header.element,
      this.#problems.element,
      this.#sees.element,
      this.#transcript.element,
      this.#hear.element,
      this.#stills.leftOut.element,
      composer.element,
      this.#controls.element,
      this.#announcer.element,
    );
    // Over everything, and not out of reach with the rest when the view is.
    document.body.append(this.#sees.dialog.element, this.#stills.element);
  }

  setRoles({ view, media }: RolesMessage): void {
    this.#root.classList.toggle('without-view', !view);
    this.#playsHere = media;
    if (!view) this.#sees.dialog.close();
    this.#sees.setCapturesHere(media);
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

  /** What is shared, waits, or failed; replaces the last. The share buttons are there from the first of these on. */
  showShares(shares: SharesView): void {
    this.#stills.enable();
    this.#announcer.shares(shares);
    this.#header.showShares(shares);
    this.#controls.showShares(shares);
    this.#sees.showShares(shares);
    if (this.#session !== undefined) this.#renderWelcome(this.#session);
  }

  /** A picture as the service got it; replaces the last of its source. Ignored for a share that is off. */
  showPicture(message: SentPictureMessage): void {
    this.#sees.showPicture(message);
  }

  /** What the model points at in the shown picture of a source, until told otherwise or the picture goes. */
  showPointing(message: PointingMessage): void {
    this.#announcer.pointing(message);
    this.#sees.showPointing(message);
  }

  dispose(): void {
    this.#header.dispose();
    this.#sees.dispose();
    this.#stills.dispose();
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
    this.#controls.setWelcoming(isEmpty && session.phase === 'idle');
    if (hadFocus && session.phase !== 'idle') this.#controls.focus();
  }
}
