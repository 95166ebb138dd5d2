import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Absolute path of the repository's root. */
export const projectRoot = join(dirname(fileURLToPath(import.meta.url)), '..', '..');
