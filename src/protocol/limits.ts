/** Longest text a person may type at once, in UTF-16 units: well under what a Live turn takes, well over what people type. */
export const MAX_TYPED_LENGTH = 16_000;

/** PCM16 bytes of 20 ms of microphone, mono at 16 kHz. */
export const MICROPHONE_CHUNK_BYTES = 640;

/** Largest encoded frame, and largest still or cut-out, that a host takes. Frames are fitted to far less (90 kB). */
export const MAX_FRAME_BYTES = 400 * 1024;
export const MAX_STILL_BYTES = 900 * 1024;
