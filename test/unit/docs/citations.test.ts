import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { join, posix } from 'node:path';
import { describe, it } from 'mocha';
import { citationsIn, commentsOf } from './citations.ts';
import { anchorOf, proseOf, ROOT, sectionsOf, textOf, writtenFiles } from './project-files.ts';

const isPage = (path: string): boolean => path.endsWith('.md');

describe('pages that the code cites', () => {
  const files = writtenFiles();

  it('exist, and have the section that is named', () => {
    const wrong: string[] = [];
    let sections = 0;
    for (const path of files) {
      for (const { page, section } of citationsIn(textOf(path), isPage(path))) {
        if (!existsSync(join(ROOT, 'docs', page))) wrong.push(`${path}: there is no docs/${page}`);
        else if (section !== undefined && !sectionsOf(textOf(`docs/${page}`)).includes(section)) {
          wrong.push(`${path}: docs/${page} has no section "${section}"`);
        }
        if (section !== undefined) sections += 1;
      }
    }
    assert.deepEqual(wrong, []);
    assert.ok(sections > 30, `only ${sections} citations of sections were found`);
  });

  it('are named by their path, so that a reader finds them', () => {
    const pages = files.filter((path) => path.startsWith('docs/')).map((path) => posix.basename(path));
    const bare = new RegExp(`(?<![\\w/-])(?:${pages.join('|').replaceAll('.', '\\.')})\\b`);
    const wrong = files.filter((path) => !isPage(path) && bare.test(commentsOf(textOf(path))));
    assert.deepEqual(wrong, []);
  });

  it('are told from what is no citation', () => {
    const source = [
      '/**',
      ' * As somebody measured (docs/a.md, "A title',
      ' * in two lines" and "Another").',
      ' */',
      "const path = 'docs/in-a-test.md';",
      'const source = \'docs/b.md, "In a string"\'; // docs/c.md',
    ].join('\n');
    assert.deepEqual(citationsIn(source, false), [
      { page: 'a.md', section: undefined },
      { page: 'c.md', section: undefined },
      { page: 'a.md', section: 'A title in two lines' },
      { page: 'a.md', section: 'Another' },
      { page: 'b.md', section: 'In a string' },
    ]);
  });
});

describe('links between pages', () => {
  it('lead to a file, and to a section of it', () => {
    const wrong: string[] = [];
    for (const path of writtenFiles().filter(isPage)) {
      for (const [, link = ''] of proseOf(textOf(path)).matchAll(/\]\(([^)\s]+)\)/g)) {
        if (/^[a-z]+:/.test(link)) continue;
        const [file = '', anchor] = link.split('#');
        const target = file === '' ? path : posix.join(posix.dirname(path), file);
        if (!existsSync(join(ROOT, target))) wrong.push(`${path}: there is no ${target}`);
        else if (anchor !== undefined && !sectionsOf(textOf(target)).map(anchorOf).includes(anchor)) {
          wrong.push(`${path}: ${target} has no section #${anchor}`);
        }
      }
    }
    assert.deepEqual(wrong, []);
  });
});
