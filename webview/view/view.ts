import type {
  ConversationMessage,
  Intent,
  PointingMessage,
  RolesMessage,
  SentPictureMessage,
} from '../../src/protocol/messages.ts';
import type { ShareSource, SharesView } from '../../src/protocol/picture.ts';
import type { SessionView } from '../../src/protocol/session-view.ts';
import { Announcer } from './announcer.ts';
import { Composer, type DraftStore } from './composer.ts';
import { Controls } from './controls.ts';
import { setHidden } from './element.ts';
import { Header } from './header.ts';
import { Hear } from './hear.ts';
import { Problems } from './problems.ts';
import { StillIntake } from './still-intake.ts';
import { Transcript, Welcome } from './transcript.ts';
import { WhatItSees } from './what-it-sees.ts';

interface ViewOptions {
  readonly draft: DraftStore;
  readonly onIntent: (intent: Intent) => void;
  /** The person lets this page ask for the microphone. */
  readonly onUseMicrophone: () => void;
  /**
   * The person clicked to share this source, or to choose what a `waiting` share is to show. Called within the click, which
   * is what the browser asks for before it opens a picker; the intent, if it is a new share, was passed on just before.
   */
  readonly onShareClick: (source: ShareSource) => void;
  /** The person pasted or dropped a file to be shown: a picture, or what they take for one. Up to five at once; the view says which others were left out. */
  readonly onStill: (file: File) => void;
}

/** The picture of the session. It shows what the host says and passes on what the person asks for; it decides nothing. */
export class View {
  readonly #root: HTMLElement;
  readonly #header = new Header();
  readonly #problems: Problems;
  readonly #sees: WhatItSees;
  readonly #stills: StillIntake;
  readonly #welcome: Welcome;
  readonly #transcript: Transcript;
  readonly #hear: Hear;
  readonly #controls: Controls;
  readonly #announcer = new Announcer();
  #session: SessionView | undefined;
  #playsHere = false;
  #sharesKnown = false;
  #microphoneWaits = false;

  /** @param root The element to fill; it is empty until the host has said how things stand. */
  constructor(root: HTMLElement, { draft, onIntent, onUseMicrophone, onShareClick, onStill }: ViewOptions) {
    this.#root = root;
    this.#problems = new Problems((action) => onIntent({ kind: 'problemAction', action }));
    this.#welcome = new Welcome(() => onIntent({ kind: 'start' }));
    this.#transcript = new Transcript(this.#welcome.element, (entry) => onIntent({ kind: 'open', entry }));
    this.#hear = new Hear(onUseMicrophone);
    this.#controls = new Controls({ onIntent, onShareClick });
    this.#sees = new WhatItSees({ onIntent, onShareClick, onFocusLost: () => this.#controls.focus() });
    this.#stills = new StillIntake({ onStill, accepts: () => this.#takesStills });
    const composer = new Composer({ draft, onSend: (text) => onIntent({ kind: 'type', text }) });
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
    this.#sharesKnown = true;
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

  get #takesStills(): boolean {
    return this.#sharesKnown && !this.#root.inert && !this.#root.classList.contains('without-view');
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
