import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { after, before, describe, it } from 'mocha';
import { findPhrase } from '../../sight/find-phrase.ts';
import { readText, readWords, type ReadWord } from '../../sight/read-words.ts';
import { ensureReadingPrograms, type ReadingPrograms } from '../../sight/reading-programs.ts';
import { shelfManual } from '../../sight/shelf-manual.ts';
import { startTextPictures, type TextPictures } from '../../sight/text-picture.ts';
import { wordRecall, wordsOf } from '../../sight/word-recall.ts';

describe('reading words in a picture', function () {
  this.timeout(60_000);
  let programs: ReadingPrograms;
  let pictures: TextPictures;
  const text = shelfManual();

  before(async () => {
    programs = ensureReadingPrograms();
    pictures = await startTextPictures();
  });
  after(() => pictures.close());

  for (const { typePx, dark } of [
    { typePx: 8, dark: false },
    { typePx: 12, dark: true },
  ]) {
    it(`reads type of ${typePx} px, ${dark ? 'light on dark' : 'dark on light'}`, async () => {
      const jpeg = await pictures.draw({ text, typePx, widthPx: 900, heightPx: 420, dark });
      const { share, known, missed } = wordRecall(text, readText(await readWords(programs, jpeg)));
      console.log(`      ${known} words, ${(share * 100).toFixed(1)} % read; missed: ${missed.join(' ')}`);
      assert.ok(share >= 0.95);
    });
  }

  it('reads the words in the boxes of a diagram', async () => {
    const svg = await readFile(new URL('../../sample-workspace/docs/checkout.svg', import.meta.url), 'utf8');
    const jpeg = await pictures.drawMarkup(svg.replace('width="760" height="300"', 'width="1520" height="600"'), {
      widthPx: 1520,
      heightPx: 600,
    });
    const { share, missed } = wordRecall(
      'Cart Payment accepted Parcel Ask again yes no another card',
      readText(await readWords(programs, jpeg)),
    );
    console.log(`      ${(share * 100).toFixed(0)} % read; missed: ${missed.join(' ')}`);
    assert.ok(share >= 0.8);
  });

  it('says where a word stands, in thousandths of height and width', async () => {
    const jpeg = await pictures.draw({ text: 'needle here', typePx: 20, widthPx: 800, heightPx: 500, at: [400, 250] });
    const words = await readWords(programs, jpeg);
    const [top = 0, left = 0, bottom = 0, right = 0] =
      findPhrase(words, 'Needle', { widthPx: 800, heightPx: 500 }) ?? [];
    assert.ok(Math.abs(left - 500) < 10 && right > 550 && right < 620, `${left} to ${right}`);
    assert.ok(top > 500 && top < 530 && bottom > top && bottom < 560, `${top} to ${bottom}`);
  });

  it('gives up when it is told to', async () => {
    const jpeg = await pictures.draw({ text, typePx: 12, widthPx: 900, heightPx: 420 });
    await assert.rejects(readWords(programs, jpeg, { signal: AbortSignal.abort() }), { name: 'AbortError' });
  });

  it('refuses what is no picture', async () => {
    await assert.rejects(readWords(programs, Buffer.from('not a picture')), /tesseract ended with/);
  });
});

describe('finding words that were read', () => {
  const word = (text: string, line: number, leftPx: number): ReadWord => ({
    text,
    line,
    leftPx,
    topPx: line * 100,
    widthPx: 90,
    heightPx: 20,
  });
  const words = [word('Save', 1, 0), word('as', 1, 100), word('“Save', 2, 0), word('all”', 2, 100), word('now', 3, 0)];
  const size = { widthPx: 1000, heightPx: 1000 };

  it('takes several words in a row, whatever their case and punctuation', () => {
    assert.deepEqual(findPhrase(words, 'save ALL', size), [200, 0, 220, 190]);
  });

  it('does not find a phrase that is broken over two lines, or a part of a word', () => {
    assert.equal(findPhrase(words, 'all now', size), undefined);
    assert.equal(findPhrase(words, 'sav', size), undefined);
    assert.equal(findPhrase(words, ' … ', size), undefined);
  });
});

describe('word recall', () => {
  it('counts each word as often as it stands there, in any order', () => {
    const { share, missed, known } = wordRecall('The cat, the hat. A-B', 'b hat THE cat a');
    assert.deepEqual([share, known, missed], [5 / 6, 6, ['the']]);
  });

  it('reads words as they are read: without case and punctuation', () => {
    assert.deepEqual(wordsOf('readText(words); // Ärger, 12 %'), ['readtext', 'words', 'ärger', '12']);
  });

  it('refuses a text without words, of which everything would have been read', () => {
    assert.throws(() => wordRecall(' — ', 'anything'));
  });
});
