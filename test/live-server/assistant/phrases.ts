// How the modest assistant words what it measured.
import type { BoxCoordinates } from '../../sight/find-phrase.ts';
import type { Reading } from './reader.ts';

/** `1 picture`, `2 pictures`. */
export function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}

/** Seconds with one decimal, as they are read aloud well. */
export function seconds(durationMs: number): string {
  return `${(durationMs / 1000).toFixed(1)} seconds`;
}

/** Speech close to a microphone lies around -20 dB below full scale. */
export function loudness(levelDbfs: number): string {
  if (levelDbfs > -14) return 'very loud';
  if (levelDbfs > -26) return 'at a good level';
  if (levelDbfs > -40) return 'rather quiet';
  return 'very quiet';
}

/** What the pictures were, grouped by size: `12 of 768 by 432 pixels and 1 of 640 by 480 pixels`. */
export function pictureSizes(sizes: readonly string[]): string {
  const counts = new Map<string, number>();
  for (const size of sizes) counts.set(size, (counts.get(size) ?? 0) + 1);
  return [...counts].map(([size, count]) => `${count} of ${size} pixels`).join(' and ');
}

/** How long ago: `just now`, `3 seconds ago`, `2 minutes ago`. */
export function ago(ageMs: number): string {
  const whole = Math.round(ageMs / 1000);
  if (whole < 1) return 'just now';
  return whole < 90 ? `${counted(whole, 'second')} ago` : `${counted(Math.round(whole / 60), 'minute')} ago`;
}

/** The words on a picture, no more than `most` of them, as a sentence. */
export function wordsRead(reading: Reading, most: number): string {
  switch (reading.kind) {
    case 'nothing-shown':
      return 'I have not been shown any picture yet.';
    case 'cannot-read':
      return 'I cannot read words here, because tesseract is not installed.';
    case 'failed':
      return 'I could not read it.';
    case 'words': {
      const words = reading.words.map(({ text }) => text);
      if (words.length === 0) return 'I can make out no words on it.';
      if (words.length <= most) return `I read: ${words.join(' ')}.`;
      return `I read ${words.length} words. It begins: ${words.slice(0, most).join(' ')}.`;
    }
  }
}

/** Where a box stands in a picture: `at the top left`, `in the middle`. */
export function placeOf([top, left, bottom, right]: BoxCoordinates): string {
  const third = (middle: number, names: readonly [string, string, string]): string =>
    names[middle < 333 ? 0 : middle > 667 ? 2 : 1];
  const vertical = third((top + bottom) / 2, ['top', '', 'bottom']);
  const horizontal = third((left + right) / 2, ['left', '', 'right']);
  const place = `${vertical} ${horizontal}`.trim();
  return place === '' ? 'in the middle' : `at the ${place}`;
}

/** `1`, `1 and 6`, `1, 6 and 11`. */
export function enumeration(items: readonly string[]): string {
  const last = items.at(-1) ?? '';
  return items.length < 2 ? last : `${items.slice(0, -1).join(', ')} and ${last}`;
}
