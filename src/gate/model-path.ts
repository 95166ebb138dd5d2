import { quoted } from './quoted.ts';

/** Control characters: NUL ends a path for the system, the others only deceive whoever reads it. */
// eslint-disable-next-line no-control-regex -- they are what is looked for
const CONTROL = /[\u0000-\u001f\u007f]/;
/** A dot, a slash, a backslash or NUL in percent-encoding, also when encoded twice. */
const ENCODED = /%(25)*(2e|2f|5c|00)/i;
const DRIVE_OR_SCHEME = /^[a-z][a-z0-9+.-]*:/i;

/**
 * Takes apart a path that the model gave: relative to the workspace, down only. Nothing is looked up, so nothing is said about
 * what exists.
 *
 * @returns segments without `.`, empty for the workspace itself; or a sentence that says how to give it
 */
export function parseModelPath(
  path: string,
  isWindows = process.platform === 'win32',
): { readonly segments: readonly string[] } | { readonly refused: string } {
  const refuse = (why: string) => ({ refused: `${quoted(path)} ${why}` });
  if (path.trim() === '') return { refused: 'No path was given. Give one relative to the workspace, as src/cart.ts.' };
  if (CONTROL.test(path)) return refuse('has control characters in it, which no path has.');
  if (ENCODED.test(path)) return refuse('is percent-encoded. Give the path as it is.');
  const slashed = path.replaceAll('\\', '/');
  if (slashed.startsWith('/') || slashed.startsWith('~') || DRIVE_OR_SCHEME.test(slashed)) {
    return refuse('is not relative to the workspace. Give a path as src/cart.ts; nothing outside can be read.');
  }
  const segments = slashed.split('/').filter((segment) => segment !== '' && segment !== '.');
  if (segments.includes('..')) return refuse('goes up. Give the path from the workspace down, without "..".');
  // There a colon names another stream of the same file, by which its name would not be known.
  if (isWindows && slashed.includes(':')) return refuse('has a colon in it, which no file name has.');
  return { segments };
}
