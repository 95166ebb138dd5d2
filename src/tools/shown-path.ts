import { visible } from '../gate/visible.ts';

const MAX_LENGTH = 80;

/** A path or a query of the model in the line that tells the person of it. */
export function shown(text: string): string {
  const seen = visible(text).replaceAll('\n', ' ');
  return seen.length > MAX_LENGTH ? `${seen.slice(0, MAX_LENGTH - 1)}…` : seen;
}
