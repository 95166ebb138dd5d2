import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type * as vscode from 'vscode';

/** Where a conversation is kept. */
export interface KeptPlace {
  /** What was written last; nothing when nothing was. Throws when it is there and cannot be read. */
  read(): Promise<Uint8Array | undefined>;
  /** Replaces it whole or not at all. */
  write(bytes: Uint8Array): Promise<void>;
}

/**
 * A file in the workspace's own storage folder. Written by Node.js itself: `vscode.workspace.fs.rename` goes by way of the
 * window, takes the old file away before the new one is there, and a window that is reloaded in between loses both.
 */
export function fileIn(folder: string): KeptPlace {
  const file = join(folder, 'conversation.json');
  // Of this process: the window's last extension host may still be writing when the next one begins.
  const draft = `${file}.${String(process.pid)}.new`;
  return {
    async read() {
      try {
        return await readFile(file);
      } catch (cause) {
        if (cause instanceof Error && 'code' in cause && cause.code === 'ENOENT') return undefined;
        throw cause;
      }
    },
    async write(bytes) {
      await mkdir(folder, { recursive: true });
      try {
        await writeFile(draft, bytes);
        await rename(draft, file);
      } catch (cause) {
        await rm(draft, { force: true });
        throw cause;
      }
    },
  };
}

/** A window without a folder has no storage folder of its own, but a memory that outlives a reload. */
export function memoryOf(memento: vscode.Memento): KeptPlace {
  const KEY = 'talkthrough.conversation';
  return {
    read() {
      const text = memento.get<string>(KEY);
      return Promise.resolve(text === undefined ? undefined : new TextEncoder().encode(text));
    },
    async write(bytes) {
      await memento.update(KEY, new TextDecoder().decode(bytes));
    },
  };
}
