import { cp, mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';

/** The part of an extension's package.json that names it. */
interface Identity {
  readonly publisher: string;
  readonly name: string;
  readonly version: string;
}

/** Installs an unpacked extension by copying `source` (absolute) into an extensions folder, named as VS Code expects. */
export async function copyExtension(source: string, extensionsFolder: string): Promise<void> {
  const { publisher, name, version } = await readIdentity(source);
  await mkdir(extensionsFolder, { recursive: true });
  await cp(source, join(extensionsFolder, `${publisher}.${name}-${version}`), { recursive: true });
}

async function readIdentity(folder: string): Promise<Identity> {
  const manifest: unknown = JSON.parse(await readFile(join(folder, 'package.json'), 'utf8'));
  if (
    typeof manifest === 'object' &&
    manifest !== null &&
    'publisher' in manifest &&
    'name' in manifest &&
    'version' in manifest &&
    typeof manifest.publisher === 'string' &&
    typeof manifest.name === 'string' &&
    typeof manifest.version === 'string'
  ) {
    return { publisher: manifest.publisher, name: manifest.name, version: manifest.version };
  }
  throw new Error(`${folder} is no extension: its package.json lacks publisher, name or version.`);
}
