import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { Output } from '../../../src/tools/run/output.ts';
import { terminalText } from '../../../src/tools/run/terminal-text.ts';

const ESC = '\u001b';

describe('what a program writes to a terminal', () => {
  it('is read without colours, marks, titles and links', () => {
    const raw = `${ESC}]633;C\u0007${ESC}[1;31mred${ESC}[0m ${ESC}]0;my title${ESC}\\and ${ESC}]8;;http://127.0.0.1/\u0007link${ESC}]8;;\u0007\r\n${ESC}(Bplain`;
    assert.equal(terminalText(raw), 'red and link\nplain');
  });

  it('is read as it stands in the end where lines are written over', () => {
    assert.equal(terminalText('10 %\r50 %\r100 %\r\ndone'), '100 %\ndone');
    assert.equal(terminalText(`⠙${ESC}[1G${ESC}[0K\r\n> test`), '\n> test');
    assert.equal(terminalText(`loading…\r${ESC}[2Kok`), 'ok');
    assert.equal(terminalText('abcd\b\bX'), 'abXd');
  });

  it('is read also where it was cut off in the middle of a sequence', () => {
    assert.equal(terminalText(`text ${ESC}[38;5`), 'text');
    assert.equal(terminalText(`text ${ESC}]0;tit`), 'text');
    assert.equal(terminalText(`text ${ESC}`), 'text');
  });

  it('keeps tabs and indentation', () => {
    assert.equal(terminalText('\tone\r\n    two\r\n'), '\tone\n    two\n');
  });
});

describe('output of a command', () => {
  const plain = (text: string) => text;

  function outputOf(...pieces: string[]): Output {
    const output = new Output();
    for (const piece of pieces) output.add(piece);
    return output;
  }

  it('is whole where it is short', () => {
    assert.equal(outputOf('a\r\n', 'b\r\n').read(plain), 'a\nb');
  });

  it('is its beginning and its end where it is long, and says what is left out', () => {
    const output = new Output();
    for (let line = 1; line <= 300_000; line += 1) output.add(`line ${line}\r\n`);
    const text = output.read(plain);
    assert.ok(text.length <= 12_000, `${text.length}`);
    const lines = text.split('\n');
    const gap = lines.findIndex((line) => line.startsWith('…'));
    assert.equal(lines[0], 'line 1');
    assert.equal(lines.at(-1), 'line 300000');
    const [, leftOut] = /^… (\d+) lines left out …$/.exec(lines[gap] ?? '') ?? [];
    assert.equal(gap + Number(leftOut) + lines.length - gap - 1, 300_000);
  });

  it('is bounded where it is one endless line', () => {
    const text = outputOf('x'.repeat(3_000_000)).read(plain);
    assert.ok(text.length <= 12_000, `${text.length}`);
    assert.match(text, /^x/);
  });

  it('is masked before it is cut, and no key is shown whose beginning is gone', () => {
    const secret = 'Zm9vYmFyYmF6cXV4Zm9vYmFyYmF6cXV4';
    const output = new Output();
    output.add('start\n');
    output.add(`${'filler\n'.repeat(3_000)}-----BEGIN KEY-----\n`);
    output.add(`${secret}\n`.repeat(40_000));
    output.add('-----END KEY-----\nend');
    const text = output.read((all) => all.replace(/-----BEGIN KEY-----[^-]*/g, '‹masked›'));
    assert.doesNotMatch(text, new RegExp(secret));
    assert.match(text, /^start[^]*end$/);
  });
});
