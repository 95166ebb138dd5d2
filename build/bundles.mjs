import { existsSync, readdirSync } from 'node:fs';
import { basename, join } from 'node:path';

/** Loaded on the first session, never at activation: the Live SDK and Google's credentials, about 100 ms together. */
const LAZY_PACKAGES = ['@google/genai', 'google-auth-library'];
const LIVE_SDK = 'live-sdk';

/** All that the host uses of those packages; whatever is not listed is not bundled. */
const LIVE_SDK_ENTRY = `
  export { GoogleGenAI } from '@google/genai';
  export { GoogleAuth } from 'google-auth-library';
`;

/**
 * What is to be built, as esbuild options by name.
 *
 * @param {{ root: string, outdir: string, production: boolean }} where
 * @returns {Record<'host' | 'live-sdk' | 'web' | 'worklets', import('esbuild').BuildOptions>}
 */
export function bundles({ root, outdir, production }) {
  /** @type {import('esbuild').BuildOptions} */
  const shared = {
    absWorkingDir: root,
    bundle: true,
    charset: 'utf8',
    // dist/THIRD-PARTY-NOTICES.txt holds the licences, whole.
    legalComments: 'none',
    logLevel: 'warning',
    metafile: true,
    minify: production,
    sourcemap: production ? false : 'linked',
    define: { 'process.env.NODE_ENV': JSON.stringify(production ? 'production' : 'development') },
  };
  /** @type {import('esbuild').BuildOptions} VS Code 1.101, the oldest that is supported, runs extensions on Node 22.15. */
  const host = { ...shared, platform: 'node', format: 'cjs', target: 'node22.15', outExtension: { '.js': '.cjs' } };
  // The panel runs in VS Code's Chromium, but also in whatever browser shows a code-server.
  const browser = { ...shared, platform: 'browser', format: 'esm', target: 'es2022', outdir: join(outdir, 'web') };
  return {
    host: {
      ...host,
      outdir,
      entryPoints: present(root, [{ in: 'src/extension.ts', out: 'extension' }]),
      // The two that `ws` speeds itself up with where they are installed; it does without them.
      external: ['vscode', 'bufferutil', 'utf-8-validate'],
      // An import() of a CommonJS file becomes a require() at the place and time it is called.
      supported: { 'dynamic-import': false },
      plugins: [lazyLiveSdk],
    },
    [LIVE_SDK]: {
      ...host,
      outfile: join(outdir, `${LIVE_SDK}.cjs`),
      outExtension: undefined,
      stdin: { contents: LIVE_SDK_ENTRY, resolveDir: root, sourcefile: `${LIVE_SDK}.js` },
      external: ['bufferutil', 'utf-8-validate'],
    },
    web: {
      ...browser,
      entryPoints: present(root, [
        { in: 'webview/main.ts', out: 'surface' },
        { in: 'media/surface.css', out: 'surface' },
      ]),
      loader: { '.ttf': 'file' },
      plugins: [withoutStyleProbe, withoutFontQuery],
      assetNames: '[name]',
    },
    worklets: {
      ...browser,
      entryPoints: worklets(root),
    },
  };
}

/** Sends every import() of the lazy packages to their common bundle, and refuses to load them any earlier. */
const lazyLiveSdk = {
  name: 'lazy-live-sdk',
  /** @param {import('esbuild').PluginBuild} build */
  setup(build) {
    const filter = new RegExp(`^(${LAZY_PACKAGES.join('|')})$`);
    build.onResolve({ filter }, ({ path, kind, importer }) => {
      if (kind === 'dynamic-import') return { path: `./${LIVE_SDK}.cjs`, external: true };
      return { errors: [{ text: `${importer} must load "${path}" by import() when it is needed, or as a type` }] };
    });
  },
};

/**
 * The toolkit's foundation finds out whether the browser knows `:focus-visible` by putting an empty inline style into the
 * page, which the view's content security policy refuses. Every browser that VS Code runs in knows it.
 */
const withoutStyleProbe = {
  name: 'without-style-probe',
  /** @param {import('esbuild').PluginBuild} build */
  setup(build) {
    build.onLoad({ filter: /fast-foundation.dist.esm.utilities.style.focus\.js$/ }, () => ({
      contents: `export const focusVisible = 'focus-visible';`,
    }));
  },
};

/** Codicons asks for its font by a query that tells versions apart; the page's server answers exact names only. */
const withoutFontQuery = {
  name: 'without-font-query',
  /** @param {import('esbuild').PluginBuild} build */
  setup(build) {
    build.onResolve({ filter: /\.ttf\?/ }, ({ path, resolveDir, kind }) => {
      return build.resolve(path.replace(/\?.*$/, ''), { resolveDir, kind });
    });
  },
};

/**
 * Those whose source is there; the others are named.
 *
 * @param {string} root
 * @param {{ in: string, out: string }[]} entries
 */
function present(root, entries) {
  for (const entry of entries) if (!existsSync(join(root, entry.in))) console.log(`skipped: there is no ${entry.in}`);
  return entries.filter((entry) => existsSync(join(root, entry.in)));
}

/**
 * What runs beside the page, each in a file of its own: audio worklets, and the worker for pictures.
 *
 * @param {string} root
 */
function worklets(root) {
  const files = readdirSync(join(root, 'webview'), { recursive: true }).map(String);
  return files
    .filter((file) => /\.work(let|er)\.ts$/.test(file))
    .map((file) => ({ in: join('webview', file), out: basename(file, '.ts') }));
}
