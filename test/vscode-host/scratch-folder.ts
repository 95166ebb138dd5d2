import { rmSync } from 'node:fs';
import { mkdir, mkdtemp, realpath, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { undoAtExit } from './at-exit.ts';

/** A temporary folder that is gone when its owner disposes it, or when the process ends. */
export interface ScratchFolder {
  readonly path: string;
  /** Makes a folder inside and returns its absolute path. */
  folder(name: string): Promise<string>;
  dispose(): Promise<void>;
}

// A process that was just ended may still be writing its last file.
const REMOVAL = { recursive: true, force: true, maxRetries: 5, retryDelay: 100 } as const;

/** Makes a new empty folder in the system's place for temporary files. The name is kept short for Unix sockets inside. */
export async function makeScratchFolder(): Promise<ScratchFolder> {
  const path = await realpath(await mkdtemp(join(tmpdir(), 'talkthrough-')));
  const forget = undoAtExit(() => rmSync(path, REMOVAL));
  return {
    path,
    async folder(name) {
      const inside = join(path, name);
      await mkdir(inside, { recursive: true });
      return inside;
    },
    async dispose() {
      await rm(path, REMOVAL);
      forget();
    },
  };
}
