import { cp, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { makeScratchFolder, type ScratchFolder } from './scratch-folder.ts';

/** Where VS Code keeps the list of what is installed, with absolute paths. */
const LIST = 'extensions.json';

const installed = new Map<string, Promise<ScratchFolder>>();

/**
 * Installs a .vsix by VS Code itself, once in this process for each state of the file, and copies what came of it into
 * `extensionsFolder` (absolute, empty): an installation takes 2 s, a copy nothing.
 *
 * @param install installs the file into the folder it is given
 */
export async function installOnce(
  vsix: string,
  extensionsFolder: string,
  install: (extensionsFolder: string) => Promise<void>,
): Promise<void> {
  const { mtimeMs } = await stat(vsix);
  const key = `${vsix} ${mtimeMs}`;
  const made = installed.get(key) ?? installIntoScratch(install);
  installed.set(key, made);
  const { path } = await made.catch((error: unknown) => {
    installed.delete(key);
    throw error;
  });
  await cp(path, extensionsFolder, { recursive: true });
  const list = join(extensionsFolder, LIST);
  await writeFile(list, (await readFile(list, 'utf8')).replaceAll(path, extensionsFolder));
}

/** The folder is removed when this process ends. */
async function installIntoScratch(install: (folder: string) => Promise<void>): Promise<ScratchFolder> {
  const scratch = await makeScratchFolder();
  try {
    await install(scratch.path);
    return scratch;
  } catch (error) {
    await scratch.dispose();
    throw error;
  }
}
