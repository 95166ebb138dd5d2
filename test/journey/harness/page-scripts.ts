import { build } from 'esbuild';
import { join } from 'node:path';
import { projectRoot } from '../../vscode-host/project-root.ts';

/** One of test/journey/page-scripts, as a classic script that runs in a page. */
export async function pageScript(name: string): Promise<string> {
  const { outputFiles } = await build({
    entryPoints: [join(projectRoot, 'test', 'journey', 'page-scripts', name)],
    bundle: true,
    write: false,
    format: 'iife',
    target: 'chrome120',
    legalComments: 'none',
  });
  const [script] = outputFiles;
  if (script === undefined) throw new Error(`${name} came out empty.`);
  return script.text;
}
