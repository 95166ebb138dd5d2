/** Most characters (UTF-16 units) of one result: about 3,000 tokens, which stay in the conversation and are paid for again. */
export const RESULT_BUDGET = 12_000;

/** The longest line that is shown whole; a minified file is one line of a megabyte. UTF-16 units. */
const MAX_LINE_LENGTH = 1_000;

export interface Page<Item> {
  readonly items: readonly Item[];
  /** Index of the first item that did not fit; absent: all of them did. */
  readonly continueFrom?: number;
}

/**
 * As many items as fit, whole, and at least one, so that going on always gets on.
 *
 * @param from index of the first
 * @param lengthOf characters that an item takes in the result
 */
export function pageOf<Item>(
  items: readonly Item[],
  from: number,
  lengthOf: (item: Item) => number,
  budget = RESULT_BUDGET,
): Page<Item> {
  let length = 0;
  let end = from;
  for (; end < items.length; end += 1) {
    const item = items[end];
    if (item === undefined) break;
    length += lengthOf(item);
    if (length > budget && end > from) break;
  }
  return { items: items.slice(from, end), ...(end < items.length && { continueFrom: end }) };
}

/** A line that is too long to be shown whole is cut, and says so. */
export function shortLine(line: string, maxLength = MAX_LINE_LENGTH): string {
  if (line.length <= maxLength) return line;
  // Half of a surrogate pair is no character.
  const end = /[\uD800-\uDBFF]/.test(line.charAt(maxLength - 1)) ? maxLength - 1 : maxLength;
  return `${line.slice(0, end)}… (${line.length - end} more characters)`;
}
