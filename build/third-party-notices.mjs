import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { mitLicence } from './mit-licence.mjs';

const LICENCE_FILE = /^(licen[cs]e|notice|copying)/i;
const RULE = '-'.repeat(80);

/**
 * The names, versions and licences of all packages whose code is in the bundles.
 *
 * @param {string} root the folder that holds node_modules
 * @param {readonly import('esbuild').Metafile[]} metafiles
 * @returns {string}
 * @throws Error when the licence text of a package is not to be had: it may not be shipped then.
 */
export function thirdPartyNotices(root, metafiles) {
  const inputs = metafiles.flatMap((metafile) => Object.keys(metafile.inputs));
  const folders = [...new Set(inputs.map(packageFolder).filter((folder) => folder !== undefined))].sort();
  const notices = folders.map((folder) => notice(join(root, folder)));
  return ['Talkthrough contains the following third-party software.', ...[...new Set(notices)]].join(`\n\n${RULE}\n\n`);
}

/** @param {string} input a path of the metafile, for example `node_modules/ws/lib/sender.js` */
function packageFolder(input) {
  return /^(?:\(disabled\):)?(.*node_modules\/(?:@[^/]+\/)?[^/]+)\//.exec(input)?.[1];
}

/** @param {string} folder */
function notice(folder) {
  const { name, version, license, author } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  const files = readdirSync(folder).filter((file) => LICENCE_FILE.test(file));
  const texts = files.sort().map((file) => readFileSync(join(folder, file), 'utf8').trim());
  if (texts.length === 0) {
    if (license !== 'MIT') throw new Error(`${name} (${license}) comes without the text of its licence`);
    texts.push(mitLicence(author?.name ?? author ?? `the authors of ${name}`));
  }
  return [`${name} ${version} (${license})`, ...texts].join('\n\n');
}
