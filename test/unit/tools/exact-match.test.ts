import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { applyReplacements, lineAt, matchEdits, type Edit } from '../../../src/tools/proposal/exact-match.ts';

const CART = [
  'export function total(items) {',
  '\tlet sum = 0;',
  '\tfor (const item of items) {',
  '\t\tsum += item.price;',
  '\t}',
  '\treturn sum;',
  '}',
  '',
].join('\n');

function edited(text: string, ...edits: Edit[]): string {
  const match = matchEdits(text, edits);
  assert.ok('replacements' in match, JSON.stringify(match));
  return applyReplacements(text, match.replacements);
}

function misses(text: string, ...edits: Edit[]): string {
  const match = matchEdits(text, edits);
  assert.ok('misses' in match, 'the edits fit');
  return match.misses.join('\n');
}

describe('edits that must match exactly', () => {
  it('change what is found once, and nothing else', () => {
    const changed = edited(CART, { find: 'sum += item.price;', replace: 'sum += item.price * item.count;' });
    assert.equal(changed, CART.replace('item.price;', 'item.price * item.count;'));
  });

  it('are all made to the text as it was, in whatever order they come', () => {
    const edits = [
      { find: 'return sum;', replace: 'return total;' },
      { find: 'let sum = 0;', replace: 'let total = 0; // sum += item.price;' },
      { find: 'sum += item.price;', replace: 'total += item.price;' },
    ];
    const changed = edited(CART, ...edits);
    assert.equal(edited(CART, ...edits.toReversed()), changed);
    assert.match(changed, /let total = 0; \/\/ sum \+= item\.price;/);
    assert.match(changed, /\t\ttotal \+= item\.price;\n/);
  });

  it('change every occurrence when asked to', () => {
    assert.equal(edited('a b a b a', { find: 'a', replace: 'cc', all: true }), 'cc b cc b cc');
  });

  it('miss with the lines of all occurrences when one was meant', () => {
    assert.match(misses(CART, { find: 'sum', replace: 'total' }), /occurs 3 times \(lines 2, 4, 6\)/);
  });

  it('miss with the nearest lines, as they are indented in the file', () => {
    const miss = misses(CART, { find: '  for (const item of item) {\n    sum += item.price', replace: '' });
    assert.match(miss, /nearest lines are 3 to 4:\n\tfor \(const item of items\) \{\n\t\tsum \+= item\.price;$/);
  });

  it('say when nothing is like it', () => {
    assert.match(misses(CART, { find: 'SELECT name FROM shelves', replace: '' }), /nor anything like it/);
  });

  it('quote only what may be shown', () => {
    const text = 'const apiKey = "hunter2-hunter2";\n';
    const match = matchEdits(text, [{ find: 'const apiKey = "";', replace: 'x' }], () => 'const apiKey = "‹›";\n');
    assert.ok('misses' in match);
    assert.match(match.misses.join(), /const apiKey = "‹›";/);
    assert.doesNotMatch(match.misses.join(), /hunter2/);
  });

  it('spoil all when one misses, and tell every miss', () => {
    const told = misses(
      CART,
      { find: 'let sum', replace: 'x' },
      { find: 'nowhere at all', replace: '' },
      { find: 'sum', replace: '' },
    );
    assert.match(told, /Edit 2:.*\nEdit 3: /s);
    assert.doesNotMatch(told, /Edit 1:/);
  });

  it('refuse to change one place twice', () => {
    assert.match(
      misses(CART, { find: 'let sum = 0;', replace: '' }, { find: 'sum = 0', replace: '' }),
      /Edits 1 and 2 change the same place/,
    );
  });

  it('fit whatever line breaks the file has, and keep them', () => {
    const windows = CART.replaceAll('\n', '\r\n');
    const changed = edited(
      windows,
      { find: '\t}\n\treturn sum;', replace: '\t}\n\n\treturn sum;' },
      { find: 'let sum = 0;', replace: 'let sum = 0;\n\tlet count = 0;' },
    );
    assert.equal(changed.replaceAll('\r\n', '').includes('\n'), false);
    assert.equal(
      changed.replaceAll('\r\n', '\n'),
      CART.replace('\t}\n\treturn', '\t}\n\n\treturn').replace('sum = 0;', 'sum = 0;\n\tlet count = 0;'),
    );
  });

  it('write into an empty file, and nowhere else, without a find text', () => {
    assert.equal(edited('', { find: '', replace: 'first\n' }), 'first\n');
    assert.match(misses(CART, { find: '', replace: 'x' }), /only an empty file/);
  });

  it('are found in a long file in good time', () => {
    const long = Array.from(
      { length: 20_000 },
      (_, line) => `const value${line} = compute(${line}, "left", "right");`,
    ).join('\n');
    assert.match(
      misses(long, { find: 'const value777 = compute(777, "left", "wrong");', replace: '' }),
      /lines are 778 to 778/,
    );
  });

  it('know the line of an offset', () => {
    assert.deepEqual(
      [0, 30, 31, CART.length - 1].map((offset) => lineAt(CART, offset)),
      [1, 1, 2, 7],
    );
  });
});
