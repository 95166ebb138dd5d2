import * as vscode from 'vscode';
import type { LivePicture } from '../live/picture.ts';
import type { LiveSession } from '../live/session.ts';
import type { CutResultMessage, FrameMessage } from '../protocol/messages.ts';
import type { Box, PictureDetail, ShareSource, SharesView, ShownSource } from '../protocol/picture.ts';
import type { Problem } from '../protocol/session-view.ts';
import type { SurfaceHub, SurfaceReport } from '../surface/hub.ts';
import type { CutOut, Eyes } from '../tools/eyes.ts';
import { OutgoingPictures } from './outgoing-pictures.ts';
import { Requests } from './requests.ts';
import { SHARE_SOURCES, ShareDesk } from './share-desk.ts';
import { shareName, sharesNote } from './share-note.ts';
import { shareProblem } from './share-problem.ts';
import { ShownPictures } from './shown-pictures.ts';
import { Stills, type PictureFile, type StillOutcome } from './stills.ts';

interface SharesOptions {
  readonly hub: SurfaceHub;
  readonly log: vscode.LogOutputChannel;
  readonly detail: () => PictureDetail;
  /** Label of the camera that was chosen for the page; empty for the system's own. */
  readonly camera: () => string;
  /** Begins a session where none runs. Resolves when it has begun or was given up. */
  readonly startSession: () => Promise<void>;
  /** Opens the page, for who may share nothing here. */
  readonly openPage: () => Promise<void>;
  /** Resolves when the view is open and has joined, or will not. */
  readonly openView: () => Promise<void>;
  /** One sentence in the conversation. */
  readonly notice: (sentence: string) => void;
}

/** Newest frames older than this are asked for anew when the person begins to speak or types. */
const FRESH_MS = 500;
/** A typed question waits no longer than this for a fresh picture: the person has pressed Enter. */
const LOOK_WAIT_MS = 400;
/** Cutting takes some tens of milliseconds. */
const CUT_WAIT_MS = 3_000;
/** All that is shown to the model: what is shared, single pictures, and what it points at. */
export class Shares implements vscode.Disposable, Eyes {
  private readonly options: SharesOptions;
  private readonly desk: ShareDesk;
  private readonly shown: ShownPictures;
  private readonly cuts = new Requests<CutResultMessage>(CUT_WAIT_MS);
  private readonly outgoing = new OutgoingPictures();
  private readonly stills: Stills;
  private readonly changed = new vscode.EventEmitter<SharesView>();
  private readonly listeners: vscode.Disposable[];
  private session: LiveSession | undefined;
  private cameraLabels: readonly string[] = [];
  private personSpeaks = false;
  /** The model was told of a share in this session: it must be told of its end. */
  private told = false;
  readonly onDidChange = this.changed.event;

  constructor(options: SharesOptions) {
    this.options = options;
    const { hub } = options;
    this.desk = new ShareDesk({
      postToMedia: (message) => hub.postToMedia(message),
      canShare: (source) => this.canShare(source),
    });
    this.shown = new ShownPictures((message) => hub.broadcast(message));
    this.stills = new Stills({
      outgoing: this.outgoing,
      prepare: (message) => hub.postToOne('panel', message),
      session: async () => {
        if (this.session === undefined) await options.startSession();
        return this.session;
      },
    });
    this.listeners = [
      hub.onDidReceive(({ message }) => this.receive(message)),
      hub.onDidJoin((surface) => {
        surface.post({ type: 'shares', shares: this.view });
        for (const message of this.shown.messages) surface.post(message);
      }),
      hub.onDidChangeMedia(() => this.mediaChanged()),
    ];
  }

  get view(): SharesView {
    return this.desk.view(this.session !== undefined);
  }

  /** Labels of the cameras that the capturing surface knows by name. */
  get cameras(): readonly string[] {
    return this.cameraLabels;
  }

  /** A picture that was pasted or dropped could not be shown. */
  get onDidFailStill(): Stills['onDidFail'] {
    return this.stills.onDidFail;
  }

  get problems(): readonly Problem[] {
    const surface = this.options.hub.mediaSurface;
    return SHARE_SOURCES.map((source) => shareProblem(source, this.desk.stateOf(source), surface)).filter(
      (problem) => problem !== undefined,
    );
  }

  /**
   * Shares a screen or a camera; begins a session where none runs, and opens the page where only that may capture.
   *
   * @param device label of the camera, empty for the system's own; absent: the one chosen in the page
   */
  async share(source: ShareSource, device = source === 'camera' ? this.options.camera() : ''): Promise<void> {
    const { hub, startSession, openPage } = this.options;
    // First: the browser's picker wants the click that asked for it, and forgets it within seconds.
    this.desk.start(source, device);
    this.sight();
    this.tellAll();
    if (this.session === undefined) await startSession();
    if (this.session === undefined || !this.desk.isWanted(source)) {
      this.stopSharing(source);
      return;
    }
    if (this.canShare(source)) return;
    if (hub.mediaSurface === 'page') this.unsupported(source);
    else await openPage();
  }

  /** Ends one share, or all. Nothing of it is sent from this moment on. */
  stopSharing(source?: ShareSource): void {
    for (const each of SHARE_SOURCES) {
      if (source !== undefined && each !== source) continue;
      this.desk.stop(each);
      this.shown.forget(each);
    }
    this.sight();
    this.tellAll();
  }

  setFocus(source: ShareSource): void {
    if (!this.desk.setFocus(source)) return;
    this.sight();
    this.tellAll();
  }

  /** Shows one picture, once, as sharp as the service takes it. Begins a session where none runs. */
  async showStill(file: PictureFile): Promise<StillOutcome> {
    await this.options.openView();
    return this.stills.show(file);
  }

  /** The person asks something by typing: resolves when a fresh picture has gone, or after a moment. */
  async look(): Promise<void> {
    if (this.session === undefined || !SHARE_SOURCES.some((source) => this.desk.isOn(source))) return;
    if (this.outgoing.sinceLastMs < FRESH_MS) return;
    const sent = this.outgoing.untilSent(undefined, LOOK_WAIT_MS);
    this.askForFrame(FRESH_MS);
    await sent;
  }

  sessionBegins(session: LiveSession): void {
    this.session = session;
    this.told = false;
    session.on('speech', (speaking) => this.speech(speaking));
    session.on('pictureSent', (picture) => this.sent(picture));
    session.on('state', ({ kind }) => {
      // What was captured while there was no connection is old: the model begins with what is there now.
      if (kind === 'live') this.askForFrame(0);
    });
    this.tellAll();
  }

  sessionEnds(): void {
    this.session = undefined;
    this.personSpeaks = false;
    this.stopSharing();
    this.shown.clear();
    this.cuts.giveUp();
  }

  isShared(source: ShareSource): boolean {
    return this.desk.isOn(source);
  }

  async cut(source: ShareSource, region: Box, signal: AbortSignal): Promise<CutOut | undefined> {
    const epoch = this.desk.epochOf(source);
    const answer = await this.cuts.ask((request) => {
      this.options.hub.postToMedia({ type: 'cut', request, source, region });
      return true;
    }, signal);
    if (answer?.picture === undefined || !this.desk.isCurrent(source, epoch)) return undefined;
    const isWanted = () => this.desk.isCurrent(source, epoch);
    const { widthPx, heightPx } = answer.picture;
    const picture = this.outgoing.make({ source: 'cut', name: '', changed: false, isWanted, ...answer.picture });
    return { picture, widthPx, heightPx };
  }

  pointAt(source: ShownSource, box: Box, label: string): boolean {
    return this.shown.pointAt(source, box, label);
  }

  dispose(): void {
    for (const listener of this.listeners) listener.dispose();
    this.cuts.giveUp();
    this.stills.dispose();
    this.changed.dispose();
  }

  private receive(message: SurfaceReport): void {
    switch (message.type) {
      case 'shareState':
        this.desk.report(message);
        this.shareChanged(message.source);
        return;
      case 'frame':
        this.frame(message);
        return;
      case 'cutResult':
        this.cuts.answer(message.request, message);
        return;
      case 'still':
      case 'stillFailed':
        this.stills.receive(message);
        return;
      case 'chooseDevice':
        if (message.device === 'camera' && this.desk.isWanted('camera')) void this.share('camera', message.label);
        return;
      case 'cameras':
        this.cameraLabels = message.labels.filter((label) => label !== '');
        return;
      default:
    }
  }

  private canShare(source: ShareSource): boolean {
    return this.options.hub.mediaAbilities.has(source === 'screen' ? 'display-capture' : 'camera');
  }

  private unsupported(source: ShareSource): void {
    this.desk.fail(source, 'unsupported');
    this.shareChanged(source);
  }

  private shareChanged(source: ShareSource): void {
    const state = this.desk.stateOf(source);
    if (state.kind === 'failed') this.options.log.warn(`${source}: ${state.reason} (${state.detail})`);
    if (state.kind !== 'on') this.shown.forget(source);
    this.sight();
    this.tellAll();
  }

  private frame(message: FrameMessage): void {
    if (!this.desk.accepts(message)) return;
    const { source, epoch, ...frame } = message;
    const state = this.desk.stateOf(source);
    const name = state.kind === 'on' ? shareName(source, state) : source;
    const isWanted = () => this.desk.isCurrent(source, epoch);
    this.session?.sendPicture(source, this.outgoing.make({ ...frame, source, name, isWanted }));
  }

  private sent(picture: LivePicture): void {
    const facts = this.outgoing.sent(picture);
    if (facts === undefined || facts.source === 'cut') return;
    const { source, name, widthPx, heightPx, changed } = facts;
    const jpeg = picture.bytes;
    this.shown.show({ type: 'shown', source, name, jpeg, widthPx, heightPx, sentAtMs: Date.now() }, changed);
    if (source === 'still') {
      this.options.notice(`You showed "${name}" (${widthPx} x ${heightPx}).`);
    } else {
      this.desk.frameSent(source);
      this.tellAll();
    }
  }

  private speech(speaking: boolean): void {
    this.personSpeaks = speaking;
    this.sight();
    if (speaking) this.askForFrame(FRESH_MS);
  }

  private askForFrame(unlessNewerThanMs: number): void {
    this.options.hub.postToMedia({ type: 'look', unlessNewerThanMs });
  }

  /** How to look; also when it has just begun to capture, or a setting changed. */
  sight(): void {
    const { hub, detail } = this.options;
    hub.postToMedia({ type: 'sight', detail: detail(), focus: this.desk.focus, personSpeaks: this.personSpeaks });
  }

  private mediaChanged(): void {
    const ended = this.desk.surfaceGone();
    for (const source of ended) {
      this.shown.forget(source);
      this.options.notice(`Sharing the ${source} has ended, because the page that captured it is gone.`);
    }
    this.cameraLabels = [];
    this.cuts.giveUp();
    this.sight();
    this.desk.askAll();
    for (const source of SHARE_SOURCES) {
      const wishedInVain = this.desk.isWanted(source) && !this.canShare(source);
      if (wishedInVain && this.options.hub.mediaSurface === 'page') this.desk.fail(source, 'unsupported');
    }
    this.tellAll();
  }

  /** Surfaces, status bar and model hear how things stand. */
  private tellAll(): void {
    const { view, session } = this;
    const anyOn = view.screen.state.kind === 'on' || view.camera.state.kind === 'on';
    this.told ||= anyOn;
    if (this.told) session?.tell('shares', sharesNote(view));
    this.options.hub.broadcast({ type: 'shares', shares: view });
    this.changed.fire(view);
  }
}
