import * as vscode from 'vscode';
import type { Conversation } from '../../conversations/conversation.ts';
import type { LivePicture } from '../../live/uplink/picture-queue.ts';
import type { LiveSession } from '../../live/session.ts';
import { shareLostNotice, shareProblem } from '../../problems/share-problems.ts';
import type { CropResultMessage, StillMessage } from '../../protocol/messages.ts';
import {
  SHARE_SOURCES,
  type Box,
  type PictureDetail,
  type ShareSource,
  type SharesView,
  type ShownSource,
} from '../../protocol/picture.ts';
import type { Problem } from '../../protocol/session-view.ts';
import type { SettingsSource } from '../../settings/current-settings.ts';
import type { SurfaceHub } from '../../surface/hub.ts';
import type { PageContext } from '../../surface/page/page-context.ts';
import type { Crop, Eyes } from '../../tools/picture-tools.ts';
import type { PageLink } from '../page-link.ts';
import { Frames } from './frames.ts';
import { OutgoingPictures } from './outgoing-pictures.ts';
import { Requests } from './requests.ts';
import { ShareControl } from './share-control.ts';
import { sharesNote } from './share-note.ts';
import { ShownPictures } from './shown-pictures.ts';
import { Stills, type StillOutcome } from './stills.ts';

interface SharesParts {
  readonly hub: SurfaceHub;
  readonly page: PageLink;
  readonly settings: SettingsSource;
  readonly conversation: Conversation;
  readonly log: vscode.LogOutputChannel;
  /** Knows which camera was chosen for the page. */
  readonly devices: Pick<PageContext, 'camera'>;
}

/** A share that was asked for, while the session that it is for may still begin. */
export interface ShareRequest {
  readonly source: ShareSource;
  readonly number: number;
}

/** Cropping takes some tens of milliseconds. */
const CROP_WAIT_MS = 3_000;

/** All that is shown to the model: what is shared, single pictures, and what it points at. */
export class Shares implements vscode.Disposable, Eyes {
  readonly frames: Frames;
  readonly stills: Stills;
  readonly #parts: SharesParts;
  readonly #control: ShareControl;
  readonly #shown: ShownPictures;
  readonly #crops = new Requests<CropResultMessage>(CROP_WAIT_MS);
  readonly #outgoing = new OutgoingPictures();
  readonly #changed = new vscode.EventEmitter<SharesView>();
  readonly #cameraChosen = new vscode.EventEmitter<string>();
  readonly #reasonCancelled = new vscode.EventEmitter<void>();
  readonly #listeners: readonly vscode.Disposable[];
  #session: LiveSession | undefined;
  #cameraLabels: readonly string[] = [];
  /** The model was told of a share in this session: it must be told of its end. */
  #modelKnows = false;
  /** Asked for while no session ran, or one was ending: the end of that one does not concern them. */
  readonly #beginning = new Set<ShareSource>();
  /** The session was begun for this, and nothing has come of it yet. */
  #begunFor: ShareSource | undefined;
  readonly onDidChange = this.#changed.event;
  /** The person chose another camera, by its label, while one is shared. */
  readonly onDidChooseCamera = this.#cameraChosen.event;
  /** The session was only for what the person then did not choose. */
  readonly onDidCancelReason = this.#reasonCancelled.event;

  constructor(parts: SharesParts) {
    this.#parts = parts;
    const { hub, page, settings } = parts;
    this.#control = new ShareControl(hub);
    this.#shown = new ShownPictures(hub);
    this.frames = new Frames({ hub, settings, control: this.#control, outgoing: this.#outgoing });
    this.stills = new Stills(hub, this.#outgoing);
    this.#listeners = [
      hub.on('shareState', (message) => {
        this.#control.report(message);
        this.#shareChanged(message.source);
      }),
      hub.on('frame', (message) => this.frames.receive(message)),
      hub.on('cropResult', (message) => this.#crops.answer(message.request, message)),
      hub.on('chooseDevice', ({ device, label }) => {
        if (device === 'camera' && this.#control.isWanted('camera')) this.#cameraChosen.fire(label);
      }),
      hub.on('cameras', ({ labels }) => (this.#cameraLabels = labels.filter((label) => label !== ''))),
      hub.onDidJoin((surface) => {
        surface.post({ type: 'shares', shares: this.view });
        for (const message of this.#shown.messages) surface.post(message);
      }),
      hub.onDidChangeMedia(() => this.#mediaChanged()),
      // What waits for the page may wait in vain.
      page.onDidChange(() => this.#endVainRequests()),
      settings.onDidChange(() => this.frames.sendCaptureSettings()),
    ];
  }

  get view(): SharesView {
    return this.#control.view(this.#session !== undefined);
  }

  /** Labels of the cameras that the capturing surface knows by name. */
  get cameras(): readonly string[] {
    return this.#cameraLabels;
  }

  get problems(): readonly Problem[] {
    const surface = this.#parts.hub.mediaSurface;
    return SHARE_SOURCES.map((source) => shareProblem(source, this.#control.stateOf(source), surface)).filter(
      (problem) => problem !== undefined,
    );
  }

  /**
   * Asks for a share at once, before a session may have begun: the browser's picker wants the click that asked for it, and
   * forgets it within seconds. `settle` goes on with it.
   *
   * @param device label of the camera, empty for the system's own; absent: the one chosen in the page
   */
  request(source: ShareSource, device = source === 'camera' ? this.#parts.devices.camera : ''): ShareRequest {
    this.#beginning.add(source);
    if (this.#session === undefined) this.#begunFor = source;
    this.#control.start(source, device);
    this.#captureChanged();
    return { source, number: this.#control.requestOf(source) };
  }

  /** The session has begun or was given up: opens the page where only that may capture, or ends the share. */
  async settle({ source, number }: ShareRequest): Promise<void> {
    // Refused, cancelled or stopped meanwhile: that stays to be seen.
    const goesOn = this.#control.isStillRequested(source, number);
    if (goesOn && this.#session === undefined) this.stopSharing(source);
    else if (goesOn) await this.#parts.page.openForSharing(source);
    this.#beginning.delete(source);
    this.#endVainRequestsNow();
  }

  /** Ends one share, or all. Nothing of it is sent from this moment on. */
  stopSharing(source?: ShareSource): void {
    for (const each of source === undefined ? SHARE_SOURCES : [source]) {
      this.#control.stop(each);
      this.#forget(each);
      if (this.#begunFor === each) this.#begunFor = undefined;
    }
    this.#captureChanged();
  }

  setFocus(source: ShareSource): void {
    if (this.#control.setFocus(source)) this.#captureChanged();
  }

  /** Sends a picture to the session that runs, once. */
  sendStill(still: StillMessage): Promise<StillOutcome> {
    this.#begunFor = undefined;
    return this.stills.send(this.#session, still);
  }

  sessionBegins(session: LiveSession, detail: PictureDetail): void {
    this.#session = session;
    this.#modelKnows = false;
    this.frames.sessionBegins(session, detail);
    session.on('speech', (speaking) => {
      if (speaking) this.#begunFor = undefined;
    });
    session.on('pictureSent', (picture) => this.#sent(picture));
    session.on('entry', () => (this.#begunFor = undefined));
    this.#tellAll();
  }

  sessionEnds(): void {
    this.#session = undefined;
    this.#begunFor = undefined;
    this.frames.sessionEnds();
    for (const source of SHARE_SOURCES) if (!this.#beginning.has(source)) this.stopSharing(source);
    this.#shown.clear();
    this.#crops.cancelAll();
    this.#tellAll();
  }

  isShared(source: ShareSource): boolean {
    return this.#control.isOn(source);
  }

  async crop(source: ShareSource, region: Box, signal: AbortSignal): Promise<Crop | undefined> {
    const epoch = this.#control.epochOf(source);
    const answer = await this.#crops.ask((request) => {
      this.#parts.hub.postToMedia({ type: 'crop', request, source, region });
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

  dispose(): void {
    for (const listener of this.#listeners) listener.dispose();
    this.#crops.cancelAll();
    this.stills.dispose();
    for (const emitter of [this.#changed, this.#cameraChosen, this.#reasonCancelled]) emitter.dispose();
  }

  #endVainRequests(): void {
    if (this.#beginning.size === 0) this.#endVainRequestsNow();
  }

  /** Ends what nobody will share: the page that came cannot, or none comes. */
  #endVainRequestsNow(): void {
    const { hub, page } = this.#parts;
    for (const source of SHARE_SOURCES) {
      if (this.#control.stateOf(source).kind !== 'awaiting-page') continue;
      if (hub.mediaSurface === 'page') {
        this.#control.fail(source, 'unsupported');
        this.#shareChanged(source);
      } else if (!page.expected) this.stopSharing(source);
    }
  }

  #shareChanged(source: ShareSource): void {
    const state = this.#control.stateOf(source);
    if (state.kind === 'failed') this.#parts.log.warn(`${source}: ${state.reason} (${state.detail})`);
    if (state.kind !== 'on') this.#forget(source);
    if (this.#begunFor === source && state.kind === 'failed' && state.reason === 'cancelled') {
      this.#reasonCancelled.fire();
    }
    if (state.kind === 'on' || state.kind === 'failed') this.#begunFor = undefined;
    this.#captureChanged();
  }

  #forget(source: ShareSource): void {
    this.#shown.forget(source);
    this.frames.forget(source);
  }

  #sent(picture: LivePicture): void {
    const facts = this.#outgoing.sent(picture);
    if (facts === undefined || facts.source === 'crop') return;
    const { source, name, widthPx, heightPx } = facts;
    const changed = source === 'still' || this.frames.sent(source);
    const jpeg = picture.bytes;
    this.#shown.show({ type: 'sentPicture', source, name, jpeg, widthPx, heightPx, sentAtMs: Date.now() }, changed);
    if (source === 'still') {
      this.#parts.conversation.notice(`You showed "${name}" (${widthPx} x ${heightPx}).`);
      return;
    }
    this.#control.frameSent(source);
    this.#tellAll();
  }

  #mediaChanged(): void {
    for (const source of this.#control.surfaceGone()) {
      this.#forget(source);
      this.#parts.conversation.notice(shareLostNotice(source));
    }
    this.#cameraLabels = [];
    this.#crops.cancelAll();
    this.frames.sendCaptureSettings();
    this.#control.askAll();
    this.#endVainRequests();
    this.#tellAll();
  }

  /** What is to be captured has changed: the surface that captures is told first. */
  #captureChanged(): void {
    this.frames.sendCaptureSettings();
    this.#tellAll();
  }

  /** Surfaces, status bar and model hear how things stand. */
  #tellAll(): void {
    const { view } = this;
    this.#modelKnows ||= SHARE_SOURCES.some((source) => view[source].state.kind === 'on');
    if (this.#modelKnows) this.#session?.tell('shares', sharesNote(view));
    this.#parts.hub.broadcast({ type: 'shares', shares: view });
    this.#changed.fire(view);
  }
}
