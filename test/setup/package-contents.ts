import { readFile } from 'node:fs/promises';
import { inflateRawSync } from 'node:zlib';

/** Paths that have no place in a package. */
const UNWANTED_PATHS: readonly (readonly [RegExp, string])[] = [
  // But for the pictures that the README shows.
  [
    /(^|\/)((test(?!\/journey\/screenshots\/readme-)|tests|bench|docs|out|\.vscode|\.vscode-host|node_modules)\/|CONTRIBUTING\.md)/,
    'a file for developers',
  ],
  [/(?<!\.d)\.[cm]?ts$/, 'TypeScript source'],
  [/\.map$/, 'a source map'],
  [/(^|\/)(\.env|id_rsa|.*\.(pem|key|p12))$/, 'a secret'],
];

/** Texts that have no place in one: a Google API key, a private key, a service account. */
const UNWANTED_TEXTS: readonly (readonly [RegExp, string])[] = [
  [/AIza[0-9A-Za-z_-]{35}/, 'a Google API key'],
  [/-----BEGIN (RSA |EC |)PRIVATE KEY-----\s*[A-Za-z0-9+/]{40}/, 'a private key'],
  [/local-live-server-key/, "the local Live server's key"],
];

export interface ArchiveFindings {
  /** Number of files. */
  readonly files: number;
  /** One sentence part for each file that should not be there. */
  readonly unwanted: readonly string[];
}

/** Looks through a zip archive, names and contents, for what must not be published. */
export async function findInArchive(path: string): Promise<ArchiveFindings> {
  const entries = readZip(await readFile(path));
  const unwanted = entries.flatMap(({ name, contents }) => [
    ...UNWANTED_PATHS.filter(([pattern]) => pattern.test(name)).map(([, what]) => `${what} (${name})`),
    ...UNWANTED_TEXTS.filter(([pattern]) => pattern.test(contents)).map(([, what]) => `${what} (in ${name})`),
  ]);
  return { files: entries.length, unwanted };
}

interface ZipEntry {
  readonly name: string;
  /** As Latin-1, which keeps every byte. */
  readonly contents: string;
}

// The few fields that are read here, by their offsets in PKWARE's APPNOTE.TXT, sections 4.3.7, 4.3.12 and 4.3.16.
const END_SIGNATURE = 0x06054b50;
const CENTRAL_SIGNATURE = 0x02014b50;

function readZip(zip: Buffer): ZipEntry[] {
  let end = zip.length - 22;
  while (end >= 0 && zip.readUInt32LE(end) !== END_SIGNATURE) end -= 1;
  if (end < 0) throw new Error('The package is no zip archive.');
  const count = zip.readUInt16LE(end + 10);
  let at = zip.readUInt32LE(end + 16);
  const entries: ZipEntry[] = [];
  for (let index = 0; index < count; index += 1) {
    if (zip.readUInt32LE(at) !== CENTRAL_SIGNATURE) throw new Error('The package is damaged.');
    const method = zip.readUInt16LE(at + 10);
    const packedBytes = zip.readUInt32LE(at + 20);
    const nameBytes = zip.readUInt16LE(at + 28);
    const local = zip.readUInt32LE(at + 42);
    const name = zip.toString('utf8', at + 46, at + 46 + nameBytes);
    const data = local + 30 + zip.readUInt16LE(local + 26) + zip.readUInt16LE(local + 28);
    const packed = zip.subarray(data, data + packedBytes);
    entries.push({ name, contents: (method === 0 ? packed : inflateRawSync(packed)).toString('latin1') });
    at += 46 + nameBytes + zip.readUInt16LE(at + 30) + zip.readUInt16LE(at + 32);
  }
  return entries;
}
