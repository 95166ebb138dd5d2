/** Where pictures come from that are sent as they change. Both can be shared at once; one is the focus. */
export type ShareSource = 'screen' | 'camera';

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

/**
 * Why a screen or camera is not to be had. - `cancelled`: the person closed the picker. - `denied`: the browser was told no.
 * - `denied-by-system`: the operating system does not let the browser. - `blocked-by-policy`: this document may not.
 * - `missing`: no camera. - `busy`: another program uses it. - `vanished`: unplugged while shared. - `unsupported`: the
 * browser cannot. - `broken`: the source gave no picture.
 */
export type ShareFailure =
  | 'cancelled'
  | 'denied'
  | 'denied-by-system'
  | 'blocked-by-policy'
  | 'missing'
  | 'busy'
  | 'vanished'
  | 'unsupported'
  | 'broken';

/** A share as the surface that captures reports it. */
export type ShareState =
  /** `by`: the browser's own "Stop sharing", or the shared window or tab was closed. */
  | { readonly kind: 'off'; readonly by?: 'source' }
  /** Nothing that is open may share it: it waits for the page. Said by the host only. */
  | { readonly kind: 'awaiting-page' }
  /** The browser wants a click in the surface before it shows its picker. */
  | { readonly kind: 'waiting' }
  /** The picker, or the browser's question, is open. */
  | { readonly kind: 'choosing' }
  | {
      readonly kind: 'on';
      /** What the browser calls it; may be empty. */
      readonly label: string;
      /** What is shared of the computer; absent for a camera, and where the browser does not say. */
      readonly what?: 'screen' | 'window' | 'tab';
      /** Of the source itself, not of the frames sent. */
      readonly widthPx: number;
      readonly heightPx: number;
    }
  | { readonly kind: 'failed'; readonly reason: ShareFailure; readonly detail: string };

/** Why a picture file could not be shown. */
export type StillFailure = 'too-large' | 'not-a-picture' | 'unsupported';

/** Largest picture file that is read, bytes: 40 MB is refused, since a browser would hold it decoded, many times that. */
export const MAX_PICTURE_FILE_BYTES = 32 * 1024 * 1024;

/** Largest encoded frame, and largest still or cut-out, that a host takes. Frames are fitted to far less (90 kB). */
export const MAX_FRAME_BYTES = 400 * 1024;
export const MAX_STILL_BYTES = 900 * 1024;

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
