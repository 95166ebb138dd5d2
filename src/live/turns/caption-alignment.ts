import { REPLY_RATE_HZ } from '../settings.ts';

/** A place where text and audio of a reply are taken to meet. */
export interface Anchor {
  /** Of the reply's audio, at 24 kHz. */
  readonly samples: number;
  /** UTF-16 units of the reply's text. */
  readonly length: number;
}

/** A fragment of a transcript, and how much audio had come when it came. */
export interface Fragment {
  readonly samples: number;
  readonly from: number;
  readonly to: number;
}

export const START: Anchor = { samples: 0, length: 0 };

/** Fewer fragments than this say nothing about their order. */
const FEWEST_FRAGMENTS = 8;

/**
 * Whether text comes before its audio. With few fragments: whether the first is longer than what could be spoken in the
 * audio that had come. With more: whether their lengths fit the audio after them better than the audio before.
 *
 * @param fastest letters a second that nobody exceeds.
 */
export function textLeads(fragments: readonly Fragment[], fastest: number): boolean {
  const first = fragments[0];
  const last = fragments.at(-1);
  if (first === undefined || last === undefined) return false;
  const atFirst = first.samples < (first.to / fastest) * REPLY_RATE_HZ;
  if (fragments.length < FEWEST_FRAGMENTS || first.samples === 0) return atFirst;
  const samplesPerLetter = last.samples / last.to;
  let misfit = 0;
  fragments.forEach(({ samples, from, to }, i) => {
    const before = fragments[i - 1];
    const after = fragments[i + 1];
    if (before === undefined || after === undefined) return;
    const expected = (to - from) * samplesPerLetter;
    misfit += Math.abs(after.samples - samples - expected) - Math.abs(samples - before.samples - expected);
  });
  return misfit === 0 ? atFirst : misfit < 0;
}

/**
 * Where text and audio meet. Text that leads may still come a little after its first sound; by how much, the first fragment
 * shows, which begins with the audio. Of two anchors at one sample the outer one says more: the earliest beginning, the latest
 * end.
 */
export function anchorsOf(fragments: readonly Fragment[], leads: boolean): Anchor[] {
  const anchors: Anchor[] = [START];
  const lag = fragments[0]?.samples ?? 0;
  fragments.forEach(({ samples, from, to }) => {
    const anchor = leads ? { samples: samples - lag, length: from } : { samples, length: to };
    if (anchors.at(-1)?.samples !== anchor.samples) anchors.push(anchor);
    else if (!leads && anchors.length > 1) anchors[anchors.length - 1] = anchor;
  });
  return anchors;
}
