/**
 * What is on the painted display. - `still`: the same in every frame. - `busy`: something else in every frame. - `once`: one
 * frame, then none.
 */
export type PaintedKind = 'still' | 'busy' | 'once';

/** `paintedDisplay` in the page. Until `show` or `refuse` the browser's own sources are shared. */
export interface PaintedDisplay {
  /** From now on this is shared; a share that is on changes its size. */
  show(widthPx: number, heightPx: number, painting: PaintedKind): void;
  /** From now on the browser says no, in these words. */
  refuse(name: string, message: string): void;
  /** Shared video tracks that were not ended, of the painted display or the browser's own. */
  liveTracks(): number;
  /** The newest track ends, as when a camera is unplugged. */
  endTrack(): void;
}
