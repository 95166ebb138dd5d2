import type { LivePicture } from '../live/uplink/picture-queue.ts';
import type { Box, ShareSource, ShownSource } from '../protocol/picture.ts';

/** What is shared, as the tools see it. */
export interface Eyes {
  isShared(source: ShareSource): boolean;
  /** A region of the newest full-resolution frame; nothing when none is to be had in time. */
  cut(source: ShareSource, region: Box, signal: AbortSignal): Promise<CutOut | undefined>;
  /** Draws a box on the shown picture until it changes; false when no such picture is shown. */
  pointAt(source: ShownSource, box: Box, label: string): boolean;
}

export interface CutOut {
  readonly picture: LivePicture;
  readonly widthPx: number;
  readonly heightPx: number;
}
