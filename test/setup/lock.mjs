// A lock between processes: two runs in one checkout must not install into the same folder at once.
import { mkdir, open, readFile, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';

/** How often a waiting process looks again, in ms. */
const LOOK_AGAIN_MS = 250;

/** A lock older than its owner's death is taken over; one held longer than this is reported, in ms. */
const LONGEST_WAIT_MS = 20 * 60_000;

/**
 * Runs `work` while holding the lock file at `path`; waits for another living process that holds it.
 *
 * @template T
 * @param {string} path absolute path of the lock file; its folder is made
 * @param {() => Promise<T>} work
 * @returns {Promise<T>} what `work` returns
 * @throws when another process holds the lock for longer than 20 minutes
 */
export async function withLock(path, work) {
  await mkdir(dirname(path), { recursive: true });
  const giveUpAt = Date.now() + LONGEST_WAIT_MS;
  while (!(await tryTake(path))) {
    if (Date.now() > giveUpAt) {
      throw new Error(`Another process still holds ${path}; if none is running, delete that file.`);
    }
    await delay(LOOK_AGAIN_MS);
  }
  const release = () => rm(path, { force: true });
  try {
    return await work();
  } finally {
    await release();
  }
}

/** @param {string} path */
async function tryTake(path) {
  try {
    const file = await open(path, 'wx');
    await file.writeFile(String(process.pid));
    await file.close();
    return true;
  } catch (error) {
    if (!(error instanceof Error) || !('code' in error) || error.code !== 'EEXIST') throw error;
  }
  const owner = Number(await readFile(path, 'utf8').catch(() => ''));
  // An empty file is one that is being written this very moment: look again.
  if (owner > 0 && !isAlive(owner)) await rm(path, { force: true });
  return false;
}

/** @param {number} pid */
function isAlive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}
