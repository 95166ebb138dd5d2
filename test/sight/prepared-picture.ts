import { Worker } from 'node:worker_threads';

/** A picture as a recogniser likes it: dark on light, without ruled lines, small type enlarged. */
export interface PreparedPicture {
  readonly pgm: Uint8Array;
  /** How many times larger it is than the original. */
  readonly factor: number;
}

/** @throws for anything but a PGM of 8 bits, and when `signal` says to give up */
export async function preparePicture(pgm: Uint8Array, signal?: AbortSignal): Promise<PreparedPicture> {
  signal?.throwIfAborted();
  const worker = new Worker(new URL('./prepare.worker.ts', import.meta.url), { workerData: pgm });
  const giveUp = (): void => void worker.terminate();
  signal?.addEventListener('abort', giveUp, { once: true });
  try {
    return await new Promise((resolve, reject) => {
      worker.once('message', resolve);
      worker.once('error', reject);
      worker.once('exit', () => reject(new DOMException('The picture was not prepared.', 'AbortError')));
    });
  } finally {
    signal?.removeEventListener('abort', giveUp);
  }
}
