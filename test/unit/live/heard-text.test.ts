import assert from 'node:assert/strict';
import { HeardText, stitch } from '../../../src/live/turns/heard-text.ts';
import { Seeded } from './seeded.ts';

const RATE_HZ = 24_000;

interface SpokenWord {
  readonly text: string;
  readonly endSample: number;
}

const WORDS =
  'the shelf stands on four dowels and a back panel that you slide into the groove before the last side goes on so turn it over first'.split(
    ' ',
  );

/** Words as a voice speaks them: 55 to 75 ms a letter, and now and then a breath between phrases. */
function speech(random: Seeded, count: number, phraseLength: number): SpokenWord[] {
  let sample = 0;
  return Array.from({ length: count }, (_, i) => {
    if (i % phraseLength === 0 && random.next() < 0.3) sample += Math.round(0.12 * RATE_HZ);
    const text = (i === 0 ? '' : ' ') + (WORDS[random.below(WORDS.length)] ?? '');
    sample += Math.round(text.length * (0.055 + 0.02 * random.next()) * RATE_HZ);
    return { text, endSample: sample };
  });
}

/** Sends a reply in phrases, text before or after the audio of each, and returns what is heard of it at every 50 ms. */
function hear(words: readonly SpokenWord[], order: 'before' | 'after', phraseLength: number, playWhileComing: boolean) {
  const heard = new HeardText();
  let received = 0;
  const errors: number[] = [];
  let position = 0;
  const check = () => {
    const truth = words.filter(({ endSample }) => endSample <= position).length;
    const claimed = heard.text.slice(0, heard.heardLength).trim();
    errors.push(Math.abs((claimed === '' ? 0 : claimed.split(/\s+/).length) - truth));
  };
  for (let i = 0; i < words.length; i += phraseLength) {
    const phrase = words.slice(i, i + phraseLength);
    const text = phrase.map((word) => word.text).join('');
    const samples = (phrase.at(-1)?.endSample ?? received) - received;
    if (order === 'before') heard.addText(text);
    heard.addAudio(samples);
    received += samples;
    if (order === 'after') heard.addText(text);
    // The service sends 3.3 times as fast as it speaks.
    for (; playWhileComing && position < received / 3.3; position += RATE_HZ / 20) {
      heard.played(position);
      check();
    }
  }
  heard.complete();
  for (; position < received; position += RATE_HZ / 20) {
    heard.played(position);
    check();
  }
  heard.played(received);
  return { worst: Math.max(...errors), heard };
}

describe('what was heard of a reply', () => {
  for (const order of ['before', 'after'] as const) {
    it(`is known within a word, with the text ${order} its audio`, () => {
      // One series of timings, the same each time: an even pace between anchors is an estimate, and luck must not judge it.
      const random = new Seeded(Number(process.env['SEED'] ?? 1));
      for (let round = 0; round < 60; round += 1) {
        const phraseLength = 1 + random.below(3);
        const words = speech(random, 12 + random.below(50), phraseLength);
        const { worst, heard } = hear(words, order, phraseLength, round % 2 === 0);
        assert.ok(worst <= 1, `${worst} words off, SEED=${random.seed} round ${round}`);
        assert.equal(heard.heardLength, heard.text.length, 'played to its end, all of it was heard');
      }
    });
  }

  it('is known to the word where the service times its words', () => {
    const random = new Seeded();
    const words = speech(random, 40, 4);
    const heard = new HeardText();
    let start = 0;
    const timed = words.map(({ text, endSample }) => {
      const word = { word: text.trim(), startMs: (start / RATE_HZ) * 1000, endMs: (endSample / RATE_HZ) * 1000 };
      start = endSample;
      return word;
    });
    heard.addText(words.map(({ text }) => text).join(''), timed);
    heard.addAudio(start);
    for (const [i, { endSample }] of words.entries()) {
      heard.played(endSample);
      assert.equal(heard.text.slice(0, heard.heardLength).split(' ').length, i + 1, `SEED=${random.seed}`);
    }
  });

  it('does not take a whole sentence for heard because a first sliver of audio came before its text', () => {
    const heard = new HeardText();
    heard.addAudio(960);
    heard.addText('The shelf stands on four dowels and a back panel.');
    heard.played(960);
    assert.equal(heard.heardLength, 0);
  });

  it('never shrinks, never cuts a word, and ignores positions that cannot be', () => {
    const heard = new HeardText();
    heard.addText('Hello, wonderful world.');
    heard.addAudio(RATE_HZ * 2);
    heard.complete();
    let last = 0;
    for (const position of [1000, 20_000, 10_000, -5, Number.NaN, 30_000, 1e12]) {
      heard.played(position);
      assert.ok(heard.heardLength >= last);
      last = heard.heardLength;
      assert.match(heard.text.slice(last), /^($|[\s,.!])|^Hello/);
    }
    assert.equal(last, heard.text.length);
  });

  it('goes on across what nobody was to play, once all before it was played', () => {
    const heard = new HeardText();
    heard.addText('One two three four five six seven eight.');
    heard.addAudio(RATE_HZ);
    heard.addAudio(RATE_HZ, true);
    assert.equal(heard.heardLength, 0, 'nothing was played yet');
    heard.complete();
    heard.played(RATE_HZ / 2);
    assert.equal(heard.text.slice(0, heard.heardLength), 'One two');
    assert.equal(heard.isAllHeard, false);
    heard.played(RATE_HZ);
    assert.equal(heard.heardLength, heard.text.length);
    assert.equal(heard.isAllHeard, true);
  });

  it('counts in words where a script writes no blanks', () => {
    const heard = new HeardText();
    heard.addText('これは棚です。');
    heard.addAudio(RATE_HZ * 2);
    heard.complete();
    heard.played(RATE_HZ);
    assert.ok(heard.heardLength > 0 && heard.heardLength < heard.text.length);
  });
});

describe('fragments of a transcript', () => {
  it('are joined with the blanks they bring, no more and no fewer', () => {
    const cases: readonly (readonly [string, readonly string[]])[] = [
      ['What is this?', ['What', ' is', ' this?']],
      ['What is this?', [' What ', ' is ', 'this?']],
      ['unbelievable', ['un', 'believ', 'able']],
      ['Done. Next', ['Done.', 'Next']],
      ['Version 3.8 is here', ['Version 3.', '8 is here']],
      ['これは棚です。次は', ['これは', '棚です。', '次は']],
    ];
    for (const [whole, fragments] of cases) assert.equal(fragments.reduce(stitch, ''), whole);
  });
});
