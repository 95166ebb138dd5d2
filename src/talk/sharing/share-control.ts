import { shareBrief } from '../../problems/share-problems.ts';
import type { FrameMessage, ShareStateMessage } from '../../protocol/messages.ts';
import {
  SHARE_SOURCES,
  type ShareFailure,
  type ShareSource,
  type ShareState,
  type SharesView,
  type ShareView,
} from '../../protocol/picture.ts';
import type { SurfaceHub } from '../../surface/hub.ts';

type MediaSurface = Pick<SurfaceHub, 'postToMedia' | 'mediaAbilities'>;

interface Share {
  wanted: boolean;
  /** Grows with every start and every stop: what was captured before can be told from what was captured after. */
  epoch: number;
  /** Grows with every start only: a request outlives the surface that it was first asked of. */
  request: number;
  device: string;
  reported: ShareState;
  sentFrames: number;
}

/**
 * What should be shared, and what the surface says is shared. A stop counts from the moment it is asked for, whatever is
 * still on its way: everything that bears an older epoch is dropped.
 */
export class ShareControl {
  readonly #hub: MediaSurface;
  readonly #shares: Record<ShareSource, Share> = { screen: noShare(), camera: noShare() };
  #focus: ShareSource = 'screen';

  constructor(hub: MediaSurface) {
    this.#hub = hub;
  }

  get focus(): ShareSource {
    return this.#focus;
  }

  /** What a question is about: the focus where it is shared already, else what is; nothing while nothing is. */
  get seen(): ShareSource | undefined {
    return this.isOn(this.#focus) ? this.#focus : SHARE_SOURCES.find((source) => this.isOn(source));
  }

  view(sessionOpen: boolean): SharesView {
    const { screen, camera } = this.#shares;
    return { screen: viewOf('screen', screen), camera: viewOf('camera', camera), focus: this.#focus, sessionOpen };
  }

  /**
   * The person wants to share it. What is shared already is chosen anew.
   *
   * @param device label of the camera; empty for the system's own
   */
  start(source: ShareSource, device: string): void {
    const wasOn = this.isOn(source);
    const share = this.#shares[source];
    share.wanted = true;
    share.request += 1;
    share.device = device;
    share.reported = this.#requestedState(source);
    share.sentFrames = 0;
    // Another camera in the place of one that is not the focus does not become it.
    if (!wasOn) this.#focus = source;
    this.#turn(source);
  }

  /** Returns whether there was anything to stop. */
  stop(source: ShareSource): boolean {
    const share = this.#shares[source];
    const was = share.wanted;
    share.reported = { kind: 'off' };
    if (!was) return false;
    share.wanted = false;
    this.#turn(source);
    this.#moveFocus();
    return true;
  }

  /** Whether the focus moved: only to something that is shared. */
  setFocus(source: ShareSource): boolean {
    if (source === this.#focus || !this.isOn(source)) return false;
    this.#focus = source;
    return true;
  }

  isWanted(source: ShareSource): boolean {
    return this.#shares[source].wanted;
  }

  isOn(source: ShareSource): boolean {
    const { wanted, reported } = this.#shares[source];
    return wanted && reported.kind === 'on';
  }

  stateOf(source: ShareSource): ShareState {
    return this.#shares[source].reported;
  }

  epochOf(source: ShareSource): number {
    return this.#shares[source].epoch;
  }

  requestOf(source: ShareSource): number {
    return this.#shares[source].request;
  }

  /** Whether it was neither ended since then nor asked for anew; which surface is asked does not matter. */
  isStillRequested(source: ShareSource, request: number): boolean {
    const share = this.#shares[source];
    return share.wanted && share.request === request;
  }

  /** Whether pictures of that epoch may still go anywhere. */
  isCurrent(source: ShareSource, epoch: number): boolean {
    const share = this.#shares[source];
    return share.wanted && share.epoch === epoch;
  }

  accepts({ source, epoch }: FrameMessage): boolean {
    return this.isCurrent(source, epoch);
  }

  frameSent(source: ShareSource): void {
    this.#shares[source].sentFrames += 1;
  }

  /** What the surface says has become of it. Reports of an older request are nobody's business any more. */
  report({ source, epoch, state }: ShareStateMessage): void {
    const share = this.#shares[source];
    if (!share.wanted || epoch !== share.epoch) return;
    share.reported = state;
    if (state.kind !== 'off' && state.kind !== 'failed') return;
    // The surface has ended it by itself: nothing that is still on its way counts.
    share.wanted = false;
    share.epoch += 1;
    this.#moveFocus();
  }

  /** Nobody captures any more: the surface has gone, and all that it shared. Returns what ended by that. */
  surfaceGone(): readonly ShareSource[] {
    return SHARE_SOURCES.filter((source) => {
      const share = this.#shares[source];
      if (!share.wanted) return false;
      const live = share.reported.kind === 'on';
      share.epoch += 1;
      // What was only requested is asked of the next surface.
      share.wanted = !live;
      share.reported = live ? { kind: 'off' } : this.#requestedState(source);
      return live;
    });
  }

  /** Nobody here can share it. */
  fail(source: ShareSource, reason: ShareFailure): void {
    this.report({
      type: 'shareState',
      source,
      epoch: this.epochOf(source),
      state: { kind: 'failed', reason, detail: '' },
    });
  }

  /** Tells a surface that has just taken over what is still requested. */
  askAll(): void {
    for (const source of SHARE_SOURCES) {
      const share = this.#shares[source];
      if (!share.wanted) continue;
      share.reported = this.#requestedState(source);
      this.#ask(source);
    }
  }

  #requestedState(source: ShareSource): ShareState {
    return { kind: canShare(this.#hub, source) ? 'choosing' : 'awaiting-page' };
  }

  #turn(source: ShareSource): void {
    this.#shares[source].epoch += 1;
    this.#ask(source);
  }

  #ask(source: ShareSource): void {
    const { wanted, epoch, device } = this.#shares[source];
    if (wanted && !canShare(this.#hub, source)) return;
    this.#hub.postToMedia({ type: 'share', source, wanted, epoch, device });
  }

  #moveFocus(): void {
    const left = SHARE_SOURCES.find((source) => this.#shares[source].wanted);
    if (left !== undefined && !this.#shares[this.#focus].wanted) this.#focus = left;
  }
}

/** Whether the surface that captures may share it at all. */
export function canShare(hub: Pick<SurfaceHub, 'mediaAbilities'>, source: ShareSource): boolean {
  return hub.mediaAbilities.has(source === 'screen' ? 'display-capture' : 'camera');
}

function noShare(): Share {
  return { wanted: false, epoch: 0, request: 0, device: '', reported: { kind: 'off' }, sentFrames: 0 };
}

function viewOf(source: ShareSource, { reported, sentFrames }: Share): ShareView {
  const failure = shareBrief(source, reported);
  return { state: reported, sentFrames, ...(failure !== undefined && { failure }) };
}
