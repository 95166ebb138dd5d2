/**
 * Builds everything that runs: the extension host's bundle with the Live SDK beside it, the web bundle, the worklets.
 *
 *   node esbuild.mjs [--production] [--watch] [--only=web,worklets] [--outdir=dist]
 *
 * --production  minified, without source maps, into an emptied folder
 * --only        some of: host, live-sdk, web, worklets
 */
import { rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { build, context } from 'esbuild';
import { bundles } from './build/bundles.mjs';
import { thirdPartyNotices } from './build/third-party-notices.mjs';

const root = import.meta.dirname;
const { values } = parseArgs({
  options: {
    production: { type: 'boolean', default: false },
    watch: { type: 'boolean', default: false },
    only: { type: 'string' },
    outdir: { type: 'string', default: 'dist' },
  },
});
const outdir = resolve(root, values.outdir);
const all = bundles({ root, outdir, production: values.production });
const names = values.only?.split(',') ?? Object.keys(all);
const unknown = names.filter((name) => !(name in all));
if (unknown.length > 0) throw new Error(`--only knows ${Object.keys(all).join(', ')}, not ${unknown.join(', ')}`);
const wanted = names.map((name) => all[name]).filter(({ entryPoints }) => entryPoints?.length !== 0);

if (values.watch) {
  const contexts = await Promise.all(wanted.map((options) => context({ ...options, logLevel: 'info' })));
  // What is wrong is printed, and mended while it is watched.
  await Promise.allSettled(contexts.map((each) => each.rebuild()));
  // The tasks of .vscode/ wait for this line before they open a window.
  console.log('Everything is built, and built again when it changes.');
  await Promise.all(contexts.map((each) => each.watch()));
} else {
  if (values.production) rmSync(outdir, { recursive: true, force: true });
  const results = await Promise.all(wanted.map(build));
  const notices = thirdPartyNotices(
    root,
    results.map(({ metafile }) => metafile),
  );
  writeFileSync(join(outdir, 'THIRD-PARTY-NOTICES.txt'), notices);
}
