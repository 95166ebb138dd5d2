// A thread of its own: preparing takes up to a second, in which a server or a test must go on with other things.
import { parentPort, workerData } from 'node:worker_threads';
import { darkOnLight, decodePgm, encodePgm, enlarge } from './grey-picture.ts';
import type { PreparedPicture } from './prepared-picture.ts';
import { withoutRules } from './without-rules.ts';

/**
 * Type of 8 px is read half without enlarging and 98 % with; 12 px in a frame of 90 kB goes from 98 to 99.5 % (one page of
 * code, 1920 px wide). Three times gains nothing more, and takes half as long again.
 */
const ENLARGEMENT = 2;
/** A page of 500 words takes 2 to 3 s on one core. Larger pictures take longer than enlarging gains. */
const LARGEST_ENLARGED_PX = 2_600_000;

if (!(workerData instanceof Uint8Array)) throw new Error('A PGM is expected.');
const grey = darkOnLight(decodePgm(workerData));
const factor = grey.widthPx * grey.heightPx > LARGEST_ENLARGED_PX ? 1 : ENLARGEMENT;
const prepared: PreparedPicture = { pgm: encodePgm(enlarge(withoutRules(grey), factor)), factor };
parentPort?.postMessage(prepared);
