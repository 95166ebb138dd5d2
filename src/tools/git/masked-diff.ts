import { linesOf } from '../file-text.ts';

/** A diff larger than this is of something generated. UTF-16 units. */
const MAX_DIFF_LENGTH = 300_000;

/**
 * A diff with secrets masked, as lines. A diff shows a few lines of a key, by which nobody would know it for one: so both
 * versions are masked whole, and their lines are looked up.
 *
 * @param versions before and after
 */
export function maskedDiff(diff: string, versions: readonly string[], mask: (text: string) => string): string[] {
  if (diff.length > MAX_DIFF_LENGTH) return ['(The diff is too large to be shown.)'];
  const masked = new Map<string, string>();
  for (const version of versions) {
    const shown = linesOf(mask(version));
    for (const [i, line] of linesOf(version).entries()) {
      const instead = shown[i];
      if (instead !== undefined && instead !== line) masked.set(line, instead);
    }
  }
  const lines = linesOf(diff).map((line) => {
    // What git writes after the numbers is a line from further up.
    const numbers = /^@@[^@]*@@/.exec(line);
    if (numbers !== null) return numbers[0];
    const instead = masked.get(line.slice(1));
    return instead === undefined ? line : `${line.slice(0, 1)}${instead}`;
  });
  return linesOf(mask(lines.join('\n')));
}
