import type { FromSurface } from './from-surface.ts';

/** Where pictures come from that are sent as they change. Both can be shared at once; one is the focus. */
export type ShareSource = FromSurface<'frame'>['source'];

/** In the order in which they are shown and told. */
export const SHARE_SOURCES: readonly ShareSource[] = ['screen', 'camera'];

/** How much of a picture the model gets, and what it costs: drives frame size and the session's `mediaResolution`. */
export type PictureDetail = 'low' | 'medium' | 'high';

/** A rectangle as the models give it: 0 to 1000 of the picture's height (top, bottom) and width (left, right). */
export interface Box {
  readonly top: number;
  readonly left: number;
  readonly bottom: number;
  readonly right: number;
}

/** A share as the surface that captures reports it. */
export type ReportedShareState = FromSurface<'shareState'>['state'];

/** A share as everybody is shown it. */
export type ShareState =
  | ReportedShareState
  /** Nothing that is open may share it: it waits for the page. */
  | { readonly kind: 'awaiting-page' };

/** Why a screen or camera is not to be had. */
export type ShareFailure = Extract<ShareState, { kind: 'failed' }>['reason'];

/** Why a picture file could not be shown. */
export type StillFailure = FromSurface<'stillFailed'>['reason'];

/** Largest picture file that is read, bytes: 40 MB is refused, since a browser would hold it decoded, many times that. */
export const MAX_PICTURE_FILE_BYTES = 32 * 1024 * 1024;

/** What of the pictures a surface shows: what is shared, and what the host really sent of it. */
export interface ShareView {
  readonly state: ShareState;
  /** Frames sent to the service since the share began. */
  readonly sentFrames: number;
  /** Why it failed, in a few words; only where it has. */
  readonly failure?: string;
}

export interface SharesView {
  readonly screen: ShareView;
  readonly camera: ShareView;
  readonly focus: ShareSource;
  /** A session runs that pictures can go to. */
  readonly sessionOpen: boolean;
}

/** Which picture is shown: the newest sent of a share, or the newest still. */
export type ShownSource = ShareSource | 'still';

/** In the order in which their pictures stand. */
export const SHOWN_SOURCES: readonly ShownSource[] = [...SHARE_SOURCES, 'still'];

/** What is captured at this moment. */
export function sharedSources(shares: SharesView): readonly ShareSource[] {
  return SHARE_SOURCES.filter((source) => shares[source].state.kind === 'on');
}
