// What a typed question asks of the modest assistant, by a few plain words.
import type { BoxCoordinates } from '../../sight/find-phrase.ts';

export type Question =
  | { readonly kind: 'count'; readonly to: number }
  | { readonly kind: 'time' }
  /** Cut a part out of what is shared and read that. */
  | { readonly kind: 'look-closer'; readonly region: BoxCoordinates; readonly place: string }
  /** Find these words in what is shown and point at them. */
  | { readonly kind: 'point'; readonly phrase: string }
  | { readonly kind: 'read' }
  | { readonly kind: 'see' }
  | { readonly kind: 'remember' }
  | { readonly kind: 'hello' }
  | { readonly kind: 'other' };

export function understand(text: string): Question {
  const [, limit] = /\bcount\D*(\d+)/i.exec(text) ?? [];
  if (limit !== undefined) return { kind: 'count', to: Number(limit) };
  if (/\b(what|tell)\b.*\b(time|clock)\b/i.test(text)) return { kind: 'time' };
  if (/\b(closer|zoom|magnify)\b/i.test(text)) return { kind: 'look-closer', ...regionOf(text) };
  const [, sought] = /\b(?:where (?:is|are)|point (?:at|to)|find)\s+(.+?)[?.!\s]*$/i.exec(text) ?? [];
  if (sought !== undefined)
    return { kind: 'point', phrase: sought.replaceAll(/^(the (words?|text)|the)\s+|["“”'‘’]/gi, '') };
  if (/\bread\b|\bwritten\b|\bwhat (do|does|is) (it|this|that|they|the)\b.*\b(say|read)/i.test(text))
    return { kind: 'read' };
  if (/\b(before|remember|repeat|again|said|say)\b/i.test(text)) return { kind: 'remember' };
  if (/\b(see|look|picture|image|screen|camera|show)/i.test(text)) return { kind: 'see' };
  return /^\s*(hello|hi|hey)\b/i.test(text) ? { kind: 'hello' } : { kind: 'other' };
}

/** The quarter, half or middle that the words name. */
function regionOf(text: string): { region: BoxCoordinates; place: string } {
  const names = (...words: string[]): string | undefined =>
    words.find((word) => new RegExp(`\\b${word}\\b`, 'i').test(text));
  const vertical = names('top', 'upper') !== undefined ? 'top' : names('bottom', 'lower') !== undefined ? 'bottom' : '';
  const horizontal = names('left', 'right') ?? '';
  const place = `${vertical} ${horizontal}`.trim();
  if (place === '') return { region: [250, 250, 750, 750], place: 'middle' };
  const [top, bottom] = vertical === 'top' ? [0, 500] : vertical === 'bottom' ? [500, 1000] : [0, 1000];
  const [left, right] = horizontal === 'left' ? [0, 500] : horizontal === 'right' ? [500, 1000] : [0, 1000];
  return { region: [top, left, bottom, right], place };
}
