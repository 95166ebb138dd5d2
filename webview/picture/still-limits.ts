/** Models look at pictures in tiles of 768 px; what is longer than this they shrink themselves. */
export const LONGEST_STILL_PX = 2048;
/** Decoded, a picture takes four bytes a pixel: 400 MB, and more than any camera or screen has. */
export const MAX_STILL_PIXELS = 100_000_000;
