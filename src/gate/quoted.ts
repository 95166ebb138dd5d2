/** Long enough to know it again. */
const MAX_LENGTH = 200;

/** A text from outside as part of a sentence. */
export function quoted(text: string): string {
  return JSON.stringify(text.length > MAX_LENGTH ? `${text.slice(0, MAX_LENGTH)}…` : text);
}
