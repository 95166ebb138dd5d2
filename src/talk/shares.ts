import * as vscode from 'vscode';
import type { LivePicture } from '../live/picture.ts';
import type { LiveSession } from '../live/session.ts';
import type { CutResultMessage, FrameMessage, StillFailedMessage, StillMessage } from '../protocol/messages.ts';
import type { Box, PictureDetail, ShareSource, SharesView, ShownSource, StillFailure } from '../protocol/picture.ts';
import type { Problem } from '../protocol/session-view.ts';
import type { SurfaceHub, SurfaceReport } from '../surface/hub.ts';
import type { CutOut, Eyes } from '../tools/eyes.ts';
import { Requests } from './requests.ts';
import { SHARE_SOURCES, ShareDesk } from './share-desk.ts';
import { shareName, sharesNote } from './share-note.ts';
import { shareProblem } from './share-problem.ts';
import { ShownPictures } from './shown-pictures.ts';

interface SharesOptions {
  readonly hub: SurfaceHub;
  readonly log: vscode.LogOutputChannel;
  detail(): PictureDetail;
  /** Begins a session where none runs. Resolves when it has begun or was given up. */
  startSession(): Promise<void>;
  /** Opens the page, for who may share nothing here. */
  openPage(): Promise<void>;
  /** Resolves when the view is open and has joined, or will not. */
  openView(): Promise<void>;
  /** One sentence in the conversation. */
  notice(sentence: string): void;
}

/** What became of a picture that was to be shown once. */
export type StillOutcome = 'sent' | StillFailure | 'no-session';

interface PictureFile {
  readonly name: string;
  readonly mimeType: string;
  readonly bytes: Uint8Array;
}

/** What a picture that goes to the service is; the session gives the same object back when it has gone. */
interface Meta {
  readonly source: ShownSource | 'cut';
  readonly name: string;
  readonly widthPx: number;
  readonly heightPx: number;
  readonly changed: boolean;
}

/** Newest frames older than this are asked for anew when the person begins to speak or types. */
const FRESH_MS = 500;
/** A typed question waits no longer than this for a fresh picture: the person has pressed Enter. */
const LOOK_WAIT_MS = 400;
/** Cutting takes some tens of milliseconds. */
const CUT_WAIT_MS = 3_000;
/** A large drawing takes seconds to be rendered. */
const STILL_WAIT_MS = 20_000;

/** All that is shown to the model: what is shared, single pictures, and what it points at. */
export class Shares implements vscode.Disposable, Eyes {
  private readonly options: SharesOptions;
  private readonly desk: ShareDesk;
  private readonly shown: ShownPictures;
  private readonly cuts = new Requests<CutResultMessage>(CUT_WAIT_MS);
  private readonly stills = new Requests<StillMessage | StillFailedMessage>(STILL_WAIT_MS);
  private readonly sending = new WeakMap<LivePicture, Meta>();
  private readonly changed = new vscode.EventEmitter<SharesView>();
  private readonly stillFailed = new vscode.EventEmitter<{ name: string; reason: StillFailure }>();
  private readonly pictureGone = new vscode.EventEmitter<LivePicture>();
  private readonly listeners: vscode.Disposable[];
  private session: LiveSession | undefined;
  private cameraLabels: readonly string[] = [];
  private personSpeaks = false;
  private lastSentMs = -Infinity;
  /** The model was told of a share in this session: it must be told of its end. */
  private told = false;
  readonly onDidChange = this.changed.event;
  /** A picture that was pasted or dropped could not be shown. */
  readonly onDidFailStill = this.stillFailed.event;

  constructor(options: SharesOptions) {
    this.options = options;
    const { hub } = options;
    this.desk = new ShareDesk({
      postToMedia: (message) => hub.postToMedia(message),
      canShare: (source) => this.canShare(source),
    });
    this.shown = new ShownPictures((message) => hub.broadcast(message));
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

  get problems(): readonly Problem[] {
    const surface = this.options.hub.mediaSurface;
    return SHARE_SOURCES.map((source) => shareProblem(source, this.desk.stateOf(source), surface)).filter(
      (problem) => problem !== undefined,
    );
  }

  /**
   * Shares a screen or a camera; begins a session where none runs, and opens the page where only that may capture.
   *
   * @param device label of the camera; empty for the system's own
   */
  async share(source: ShareSource, device = ''): Promise<void> {
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
  async showStill({ name, mimeType, bytes }: PictureFile): Promise<StillOutcome> {
    const { hub, openView } = this.options;
    await openView();
    const answer = await this.stills.ask((request) =>
      hub.postToOne('panel', { type: 'prepareStill', request, name, mimeType, bytes }),
    );
    if (answer === undefined) return 'unsupported';
    return answer.type === 'stillFailed' ? answer.reason : this.sendStill(answer);
  }

  /** The person asks something by typing: resolves when a fresh picture has gone, or after a moment. */
  async look(): Promise<void> {
    if (this.session === undefined || !SHARE_SOURCES.some((source) => this.desk.isOn(source))) return;
    if (performance.now() - this.lastSentMs < FRESH_MS) return;
    const gone = this.untilGone(() => true, LOOK_WAIT_MS);
    this.askForFrame(FRESH_MS);
    await gone;
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
    const { jpeg, widthPx, heightPx, ageMs } = answer.picture;
    const picture: LivePicture = {
      bytes: jpeg,
      capturedAtMs: performance.now() - ageMs,
      isWanted: () => this.desk.isCurrent(source, epoch),
    };
    this.sending.set(picture, { source: 'cut', name: '', widthPx, heightPx, changed: false });
    return { picture, widthPx, heightPx };
  }

  pointAt(source: ShownSource, box: Box, label: string): boolean {
    return this.shown.pointAt(source, box, label);
  }

  dispose(): void {
    for (const listener of this.listeners) listener.dispose();
    this.cuts.giveUp();
    this.stills.giveUp();
    this.changed.dispose();
    this.stillFailed.dispose();
    this.pictureGone.dispose();
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
        if (message.request !== undefined) this.stills.answer(message.request, message);
        else void this.sendStill(message);
        return;
      case 'stillFailed':
        if (message.request !== undefined) this.stills.answer(message.request, message);
        else this.stillFailed.fire({ name: message.name, reason: message.reason });
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
    const { source, epoch, jpeg, ageMs, widthPx, heightPx, changed } = message;
    const state = this.desk.stateOf(source);
    const picture: LivePicture = {
      bytes: jpeg,
      capturedAtMs: performance.now() - ageMs,
      isWanted: () => this.desk.isCurrent(source, epoch),
    };
    const name = state.kind === 'on' ? shareName(source, state) : source;
    this.sending.set(picture, { source, name, widthPx, heightPx, changed });
    this.session?.sendPicture(source, picture);
  }

  private async sendStill({ name, jpeg, widthPx, heightPx }: StillMessage): Promise<StillOutcome> {
    if (this.session === undefined) await this.options.startSession();
    const { session } = this;
    if (session === undefined) return 'no-session';
    const picture: LivePicture = { bytes: jpeg, capturedAtMs: performance.now(), isWanted: () => true };
    this.sending.set(picture, { source: 'still', name, widthPx, heightPx, changed: true });
    const gone = this.untilGone((one) => one === picture, STILL_WAIT_MS);
    session.tell('picture', `The person has just shown you a picture, "${name}" (${widthPx} x ${heightPx} pixels).`);
    session.sendStill(picture);
    return (await gone) ? 'sent' : 'no-session';
  }

  /** Whether such a picture was handed to the network in time. */
  private untilGone(isIt: (picture: LivePicture) => boolean, withinMs: number): Promise<boolean> {
    return new Promise((resolve) => {
      const settle = (gone: boolean): void => {
        clearTimeout(timer);
        listener.dispose();
        resolve(gone);
      };
      const timer = setTimeout(() => settle(false), withinMs);
      const listener = this.pictureGone.event((picture) => {
        if (isIt(picture)) settle(true);
      });
    });
  }

  private sent(picture: LivePicture): void {
    const meta = this.sending.get(picture);
    if (meta === undefined) return;
    const { source, name, widthPx, heightPx, changed } = meta;
    if (source !== 'cut') {
      this.lastSentMs = performance.now();
      if (source !== 'still') this.desk.frameSent(source);
      const jpeg = picture.bytes;
      this.shown.show({ type: 'shown', source, name, jpeg, widthPx, heightPx, sentAtMs: Date.now() }, changed);
      if (source === 'still') this.options.notice(`You showed "${name}" (${widthPx} x ${heightPx}).`);
      else this.tellAll();
    }
    this.pictureGone.fire(picture);
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
