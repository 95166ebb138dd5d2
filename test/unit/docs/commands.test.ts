import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import * as z from 'zod';
import { textOf, writtenFiles } from './project-files.ts';

const { scripts } = z.object({ scripts: z.record(z.string(), z.string()) }).parse(JSON.parse(textOf('package.json')));

const { configurations } = z
  .object({
    configurations: z.array(z.object({ preLaunchTask: z.string(), env: z.record(z.string(), z.string()).optional() })),
  })
  .parse(JSON.parse(textOf('.vscode/launch.json')));

const { tasks } = z
  .object({
    tasks: z.array(
      z.object({
        label: z.string(),
        script: z.string().optional(),
        command: z.string().optional(),
        dependsOn: z.array(z.string()).default([]),
        problemMatcher: z.unknown(),
      }),
    ),
  })
  .parse(JSON.parse(textOf('.vscode/tasks.json')));

const labels = tasks.map(({ label }) => label);

describe('commands', () => {
  it('that a page names are scripts of package.json', () => {
    const wrong: string[] = [];
    for (const page of writtenFiles().filter((path) => path.endsWith('.md'))) {
      for (const [command, script = ''] of textOf(page).matchAll(/\bnpm (?:run )?(start|test|(?<=run )[\w-]+)/g)) {
        if (!(script in scripts)) wrong.push(`${page}: ${command}`);
      }
    }
    assert.deepEqual(wrong, []);
  });

  it('that F5 runs exist, one after another', () => {
    for (const { preLaunchTask } of configurations) assert.ok(labels.includes(preLaunchTask), preLaunchTask);
    for (const { script, command, dependsOn } of tasks) {
      if (script !== undefined) assert.ok(script in scripts, script);
      const [, named] = /^npm run ([\w-]+)/.exec(command ?? '') ?? [];
      if (command !== undefined) assert.ok(named !== undefined && named in scripts, command);
      for (const label of dependsOn) assert.ok(labels.includes(label), label);
    }
  });

  it('that F5 waits for say the line it waits for', () => {
    const watch = JSON.stringify(tasks.find(({ label }) => label === 'watch')?.problemMatcher);
    assert.match(watch, /Everything is built/);
    assert.match(textOf('esbuild.mjs'), /console\.log\('Everything is built/);
    const standIn = JSON.stringify(tasks.find(({ label }) => label === 'stand-in for Gemini')?.problemMatcher);
    assert.match(standIn, /\^Gemini Live stand-in at /);
    assert.match(textOf('test/live-server/main.ts'), /`Gemini Live stand-in at /);
  });

  it('that F5 gives an address start the stand-in there', () => {
    const address = configurations.flatMap(({ env }) => env?.['TALKTHROUGH_STAND_IN'] ?? []);
    const port = /--port (\d+)/.exec(tasks.find(({ label }) => label === 'stand-in for Gemini')?.command ?? '')?.[1];
    assert.deepEqual(address, [`http://127.0.0.1:${port}`]);
  });
});

describe('editors', () => {
  it('are told what Prettier wants', () => {
    const { printWidth } = z.object({ printWidth: z.number() }).parse(JSON.parse(textOf('.prettierrc.json')));
    const settings = new Map(
      [...textOf('.editorconfig').matchAll(/^(\w+) = (.+)$/gm)].map(([, name = '', value = '']) => [name, value]),
    );
    assert.equal(settings.get('max_line_length'), String(printWidth));
    assert.deepEqual([settings.get('indent_style'), settings.get('indent_size')], ['space', '2']);
    assert.equal(settings.get('end_of_line'), 'lf');
  });
});
