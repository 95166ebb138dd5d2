import * as vscode from 'vscode';
import type { LivePicture } from '../../live/uplink/picture-queue.ts';
import type { LiveSession } from '../../live/session.ts';
import type { CropResultMessage, FrameMessage } from '../../protocol/messages.ts';
import {
  type Box,
  type PictureDetail,
  SHARE_SOURCES,
  type ShareSource,
  type SharesView,
  type ShownSource,
} from '../../protocol/picture.ts';
import type { Problem } from '../../protocol/session-view.ts';
import type { SurfaceHub } from '../../surface/hub.ts';
import type { CutOut, Eyes } from '../../tools/eyes.ts';
import { OutgoingPictures } from './outgoing-pictures.ts';
import { Requests } from './requests.ts';
import { ShareControl } from './share-control.ts';
import { shareName, sharesNote } from './share-note.ts';
import { shareLostNotice, shareProblem } from '../../problems/share-problems.ts';
import { ShownPictures } from './shown-pictures.ts';
import { type PictureFile, type StillOutcome, Stills } from './stills.ts';

interface SharesOptions {
  readonly hub: SurfaceHub;
  readonly log: vscode.LogOutputChannel;
  readonly detail: () => PictureDetail;
  /** Label of the camera that was chosen for the page; empty for the system's own. */
  readonly camera: () => string;
  /** Begins a session where none runs, after one that is ending. Resolves when it has begun or was given up. */
  readonly startSession: () => Promise<void>;
  readonly stopSession: () => Promise<void>;
  /** Opens the page where what captures now cannot share. */
  readonly openPage: (canShare: () => boolean) => Promise<void>;
  /** A page captures, or is about to. */
  readonly pageExpected: () => boolean;
  /** Resolves when the view is open and has joined, or will not. */
  readonly openView: () => Promise<void>;
  /** One sentence in the conversation. */
  readonly notice: (sentence: string) => void;
}

/** Frames older than this are asked for anew when the person begins to speak or types. */
const FRESH_MS = 500;
/** A typed question waits no longer than this for a fresh picture: the person has pressed Enter. */
const LOOK_WAIT_MS = 400;
/** Cutting takes some tens of milliseconds. */
const CUT_WAIT_MS = 3_000;

/** All that is shown to the model: what is shared, single pictures, and what it points at. */
export class Shares implements vscode.Disposable, Eyes {
  readonly #options: SharesOptions;
  readonly #control: ShareControl;
  readonly #shown: ShownPictures;
  readonly #cuts = new Requests<CropResultMessage>(CUT_WAIT_MS);
  readonly #outgoing = new OutgoingPictures();
  readonly #stills: Stills;
  readonly #changed = new vscode.EventEmitter<SharesView>();
  readonly #listeners: vscode.Disposable[];
  #session: LiveSession | undefined;
  #cameraLabels: readonly string[] = [];
  #personSpeaks = false;
  /** The model was told of a share in this session: it must be told of its end. */
  #told = false;
  /** Asked for while no session ran, or one was ending: the end of that one does not concern them. */
  readonly #beginning = new Set<ShareSource>();
  /** The session was begun for this, and nothing has come of it yet. */
  #begunFor: ShareSource | undefined;
  /** A frame that shows something new waits, or was dropped: the next one shows it too. */
  readonly #unseenChange = new Set<ShareSource>();
  readonly onDidChange = this.#changed.event;

  constructor(options: SharesOptions) {
    this.#options = options;
    const { hub } = options;
    this.#control = new ShareControl({
      postToMedia: (message) => hub.postToMedia(message),
      canShare: (source) => this.#canShare(source),
    });
    this.#shown = new ShownPictures((message) => hub.broadcast(message));
    this.#stills = new Stills({
      outgoing: this.#outgoing,
      prepare: (message) => hub.postToOne('panel', message),
      session: async () => {
        await options.startSession();
        this.#begunFor = undefined;
        return this.#session;
      },
    });
    this.#listeners = [
      hub.on('shareState', (message) => {
        this.#control.report(message);
        this.#shareChanged(message.source);
      }),
      hub.on('frame', (message) => this.#frame(message)),
      hub.on('cropResult', (message) => this.#cuts.answer(message.request, message)),
      hub.on('still', (message) => this.#stills.receive(message)),
      hub.on('stillFailed', (message) => this.#stills.receive(message)),
      hub.on('chooseDevice', ({ device, label }) => {
        if (device === 'camera' && this.#control.isWanted('camera')) void this.share('camera', label);
      }),
      hub.on('cameras', ({ labels }) => (this.#cameraLabels = labels.filter((label) => label !== ''))),
      hub.onDidJoin((surface) => {
        surface.post({ type: 'shares', shares: this.view });
        for (const message of this.#shown.messages) surface.post(message);
      }),
      hub.onDidChangeMedia(() => this.#mediaChanged()),
    ];
  }

  get view(): SharesView {
    return this.#control.view(this.#session !== undefined);
  }

  /** Labels of the cameras that the capturing surface knows by name. */
  get cameras(): readonly string[] {
    return this.#cameraLabels;
  }

  /** A picture that was pasted or dropped could not be shown. */
  get onDidFailStill(): Stills['onDidFail'] {
    return this.#stills.onDidFail;
  }

  get problems(): readonly Problem[] {
    const surface = this.#options.hub.mediaSurface;
    return SHARE_SOURCES.map((source) => shareProblem(source, this.#control.stateOf(source), surface)).filter(
      (problem) => problem !== undefined,
    );
  }

  /**
   * Shares a screen or a camera; begins a session where none runs, and opens the page where only that may capture.
   *
   * @param device label of the camera, empty for the system's own; absent: the one chosen in the page
   */
  async share(source: ShareSource, device = source === 'camera' ? this.#options.camera() : ''): Promise<void> {
    const { startSession, openPage } = this.#options;
    this.#beginning.add(source);
    if (this.#session === undefined) this.#begunFor = source;
    // First: the browser's picker wants the click that asked for it, and forgets it within seconds.
    this.#control.start(source, device);
    const request = this.#control.requestOf(source);
    this.sight();
    this.#tellAll();
    await startSession();
    // Refused, cancelled or stopped meanwhile: that stays to be seen.
    const goesOn = this.#control.isStillRequested(source, request);
    if (goesOn && this.#session === undefined) this.stopSharing(source);
    else if (goesOn) await openPage(() => this.#canShare(source));
    this.#beginning.delete(source);
    this.#endWishesInVain();
  }

  /** Ends one share, or all. Nothing of it is sent from this moment on. */
  stopSharing(source?: ShareSource): void {
    for (const each of source === undefined ? SHARE_SOURCES : [source]) {
      this.#control.stop(each);
      this.#forget(each);
      if (this.#begunFor === each) this.#begunFor = undefined;
    }
    this.sight();
    this.#tellAll();
  }

  setFocus(source: ShareSource): void {
    if (!this.#control.setFocus(source)) return;
    this.sight();
    this.#tellAll();
  }

  /** Shows one picture, once, as sharp as the service takes it. Begins a session where none runs. */
  async showStill(file: PictureFile): Promise<StillOutcome> {
    await this.#options.openView();
    return this.#stills.show(file);
  }

  /** The person asks something by typing: resolves when a fresh picture has gone, or after a moment. */
  async look(): Promise<void> {
    const { seen } = this.#control;
    if (seen === undefined || this.#outgoing.sinceLastMs(seen) < FRESH_MS) return;
    const sent = this.#outgoing.untilSent(undefined, LOOK_WAIT_MS);
    this.#askForFrame();
    await sent;
  }

  sessionBegins(session: LiveSession): void {
    this.#session = session;
    this.#told = false;
    session.on('speech', (speaking) => this.#speech(speaking));
    session.on('pictureSent', (picture) => this.#sent(picture));
    session.on('entry', () => (this.#begunFor = undefined));
    session.on('state', ({ kind }) => {
      // What was captured while there was no connection is old: the model begins with what is there now.
      if (kind === 'live') for (const source of SHARE_SOURCES) this.#missed(source, this.#control.epochOf(source));
    });
    this.#tellAll();
  }

  sessionEnds(): void {
    this.#session = undefined;
    this.#personSpeaks = false;
    this.#begunFor = undefined;
    for (const source of SHARE_SOURCES) if (!this.#beginning.has(source)) this.stopSharing(source);
    this.#shown.clear();
    this.#cuts.giveUp();
    this.#tellAll();
  }

  /** How the page is has changed: what waits for it may wait in vain. */
  pageChanged(): void {
    if (this.#beginning.size === 0) this.#endWishesInVain();
  }

  isShared(source: ShareSource): boolean {
    return this.#control.isOn(source);
  }

  async cut(source: ShareSource, region: Box, signal: AbortSignal): Promise<CutOut | undefined> {
    const epoch = this.#control.epochOf(source);
    const answer = await this.#cuts.ask((request) => {
      this.#options.hub.postToMedia({ type: 'crop', request, source, region });
      return true;
    }, signal);
    const isWanted = (): boolean => this.#control.isCurrent(source, epoch);
    if (answer?.picture === undefined || !isWanted()) return undefined;
    const { widthPx, heightPx } = answer.picture;
    const picture = this.#outgoing.make({ source: 'crop', name: '', changed: false, isWanted, ...answer.picture });
    return { picture, widthPx, heightPx };
  }

  pointAt(source: ShownSource, box: Box, label: string): boolean {
    return this.#shown.pointAt(source, box, label);
  }

  /** How to look; also when a surface has just begun to capture, or a setting changed. */
  sight(): void {
    const { hub, detail } = this.#options;
    hub.postToMedia({
      type: 'captureSettings',
      detail: detail(),
      focus: this.#control.focus,
      personSpeaks: this.#personSpeaks,
    });
  }

  dispose(): void {
    for (const listener of this.#listeners) listener.dispose();
    this.#cuts.giveUp();
    this.#stills.dispose();
    this.#changed.dispose();
  }

  #canShare(source: ShareSource): boolean {
    return this.#options.hub.mediaAbilities.has(source === 'screen' ? 'display-capture' : 'camera');
  }

  /** Ends what nobody will share: the page that came cannot, or none comes. */
  #endWishesInVain(): void {
    const { hub, pageExpected } = this.#options;
    for (const source of SHARE_SOURCES) {
      if (this.#control.stateOf(source).kind !== 'awaiting-page') continue;
      if (hub.mediaSurface === 'page') {
        this.#control.fail(source, 'unsupported');
        this.#shareChanged(source);
      } else if (!pageExpected()) this.stopSharing(source);
    }
  }

  #shareChanged(source: ShareSource): void {
    const state = this.#control.stateOf(source);
    if (state.kind === 'failed') this.#options.log.warn(`${source}: ${state.reason} (${state.detail})`);
    if (state.kind !== 'on') this.#forget(source);
    if (this.#begunFor === source && state.kind === 'failed' && state.reason === 'cancelled') {
      // The session was only for what the person then did not choose.
      void this.#options.stopSession();
    }
    if (state.kind === 'on' || state.kind === 'failed') this.#begunFor = undefined;
    this.sight();
    this.#tellAll();
  }

  #forget(source: ShareSource): void {
    this.#shown.forget(source);
    this.#unseenChange.delete(source);
  }

  #frame(message: FrameMessage): void {
    if (!this.#control.accepts(message)) return;
    const { source, epoch, ...frame } = message;
    const state = this.#control.stateOf(source);
    const name = state.kind === 'on' ? shareName(source, state) : source;
    if (frame.changed) this.#unseenChange.add(source);
    const isWanted = (): boolean => this.#control.isCurrent(source, epoch);
    const dropped = (): void => this.#missed(source, epoch);
    this.#session?.sendPicture(source, this.#outgoing.make({ ...frame, source, name, isWanted, dropped }));
  }

  /** The model has not got a frame that the surface takes for sent. */
  #missed(source: ShareSource, epoch: number): void {
    if (this.#control.isCurrent(source, epoch)) this.#options.hub.postToMedia({ type: 'frameDropped', source, epoch });
  }

  #sent(picture: LivePicture): void {
    const facts = this.#outgoing.sent(picture);
    if (facts === undefined || facts.source === 'crop') return;
    const { source, name, widthPx, heightPx } = facts;
    const changed = source === 'still' || this.#unseenChange.delete(source);
    const jpeg = picture.bytes;
    this.#shown.show({ type: 'sentPicture', source, name, jpeg, widthPx, heightPx, sentAtMs: Date.now() }, changed);
    if (source === 'still') this.#options.notice(`You showed "${name}" (${widthPx} x ${heightPx}).`);
    else {
      this.#control.frameSent(source);
      this.#tellAll();
    }
  }

  #speech(speaking: boolean): void {
    this.#personSpeaks = speaking;
    this.sight();
    if (!speaking) return;
    this.#begunFor = undefined;
    this.#askForFrame();
  }

  #askForFrame(): void {
    this.#options.hub.postToMedia({ type: 'requestFrame', unlessNewerThanMs: FRESH_MS });
  }

  #mediaChanged(): void {
    for (const source of this.#control.surfaceGone()) {
      this.#forget(source);
      this.#options.notice(shareLostNotice(source));
    }
    this.#cameraLabels = [];
    this.#cuts.giveUp();
    this.sight();
    this.#control.askAll();
    if (this.#beginning.size === 0) this.#endWishesInVain();
    this.#tellAll();
  }

  /** Surfaces, status bar and model hear how things stand. */
  #tellAll(): void {
    const { view } = this;
    const session = this.#session;
    this.#told ||= SHARE_SOURCES.some((source) => view[source].state.kind === 'on');
    if (this.#told) session?.tell('shares', sharesNote(view));
    this.#options.hub.broadcast({ type: 'shares', shares: view });
    this.#changed.fire(view);
  }
}
