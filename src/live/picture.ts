/** A picture on its way to the model. `pictureSent` tells of this very object, so that a caller knows which one went. */
export interface LivePicture {
  /** JPEG. Not changed after it was given. */
  readonly bytes: Uint8Array;
  /** When it was captured, milliseconds of `performance.now()`. */
  readonly capturedAtMs: number;
  /** Asked at the moment of sending: false drops the picture, as when its share was stopped meanwhile. */
  isWanted(): boolean;
  /** Called where it grew too old to be sent, or too many came after it, so that what it showed was never seen. */
  dropped?(): void;
}
