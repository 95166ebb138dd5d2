import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'mocha';
import { hasName, placesIn } from './named-places.ts';
import { ROOT, textOf, writtenFiles } from './project-files.ts';

/** The README speaks of a person's files, and of the sample workspace. */
const speaksOfSources = (path: string): boolean => /^(?:CONTRIBUTING|docs\/[\w-]+)\.md$/.test(path);

describe('files that a page names', () => {
  it('exist, and hold what the page says is in them', () => {
    const wrong: string[] = [];
    let names = 0;
    for (const page of writtenFiles().filter(speaksOfSources)) {
      for (const place of placesIn(textOf(page))) {
        if (!existsSync(join(ROOT, place.path))) {
          wrong.push(`${page}: there is no ${place.path}`);
          continue;
        }
        for (const name of place.names) {
          names += 1;
          if (!hasName(textOf(place.path), name)) wrong.push(`${page}: ${place.path} has no ${name}`);
        }
      }
    }
    assert.deepEqual(wrong, []);
    assert.ok(names > 50, `only ${names} names were found`);
  });

  it('are told from what is no file', () => {
    const page =
      'In `src/a.ts` (`one`, `Two.three`) and `webview/`,\nnot in `src/<name>.ts` or `npm test`; `test/b.ts`\n(`#four`).';
    assert.deepEqual(placesIn(page), [
      { path: 'src/a.ts', names: ['one', 'Two', 'three'] },
      { path: 'webview/', names: [] },
      { path: 'test/b.ts', names: ['#four'] },
    ]);
  });

  it('have a name only as a whole word', () => {
    const source = 'class Uplink {\n  #pump() {}\n}';
    assert.deepEqual(
      ['Uplink', '#pump', 'pump', 'Up'].map((name) => hasName(source, name)),
      [true, true, false, false],
    );
  });
});
