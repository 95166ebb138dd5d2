import type { Box, PictureDetail, ShareSource, StillFailure } from '../../src/protocol/picture.ts';

/** What a share is seen by: a picture that is held until it is closed, and drawn onto a canvas. */
export type HeldPicture = VideoFrame | ImageBitmap;

/** What the worker is told. Pictures and streams are given away with the message. */
export type ToPictureWorker =
  /** A share begins. Without `frames` the worker asks for them by `tick`. */
  | {
      readonly type: 'begin';
      readonly source: ShareSource;
      readonly epoch: number;
      readonly frames: ReadableStream<VideoFrame> | undefined;
    }
  /** The share is over. Answered by `ended` when nothing of it is held any more. */
  | { readonly type: 'end'; readonly source: ShareSource; readonly epoch: number }
  /** The answer to `tick`. */
  | { readonly type: 'picture'; readonly source: ShareSource; readonly epoch: number; readonly picture: HeldPicture }
  | {
      readonly type: 'captureSettings';
      readonly detail: PictureDetail;
      readonly focus: ShareSource;
      readonly personSpeaks: boolean;
    }
  | { readonly type: 'requestFrame'; readonly unlessNewerThanMs: number }
  /** The line is busy: the frame was not sent, a fresh one is wanted a little later. */
  | { readonly type: 'skipped'; readonly source: ShareSource; readonly epoch: number }
  | { readonly type: 'crop'; readonly request: number; readonly source: ShareSource; readonly region: Box }
  /** A picture file, or one that was drawn already. */
  | { readonly type: 'still'; readonly request: number; readonly picture: Blob | ImageBitmap };

export interface WorkerPicture {
  readonly jpeg: ArrayBuffer;
  readonly widthPx: number;
  readonly heightPx: number;
}

/** What the worker says. */
export type FromPictureWorker =
  | { readonly type: 'ended'; readonly source: ShareSource; readonly epoch: number }
  /** A frame is wanted now of a share that has no stream of frames. */
  | { readonly type: 'tick'; readonly source: ShareSource; readonly epoch: number }
  /** The first frame of a share, and whenever its source has another size. */
  | {
      readonly type: 'size';
      readonly source: ShareSource;
      readonly epoch: number;
      readonly widthPx: number;
      readonly heightPx: number;
    }
  | ({
      readonly type: 'frame';
      readonly source: ShareSource;
      readonly epoch: number;
      /** Unix time of its capture, milliseconds. */
      readonly capturedAtMs: number;
      readonly changed: boolean;
      /** Drawing and encoding, milliseconds. */
      readonly encodeMs: number;
    } & WorkerPicture)
  | {
      readonly type: 'cropResult';
      readonly request: number;
      readonly picture: (WorkerPicture & { readonly capturedAtMs: number }) | undefined;
    }
  | {
      readonly type: 'still';
      readonly request: number;
      readonly made: WorkerPicture | { readonly reason: StillFailure };
    };

/** Unix time, milliseconds, by a clock that page and worker share and that nobody sets. */
export function nowUnixMs(): number {
  return performance.timeOrigin + performance.now();
}

/** Tells the page something; for the worker's end only. */
export function postToPage(message: FromPictureWorker, transfer: Transferable[] = []): void {
  self.postMessage(message, { transfer });
}
