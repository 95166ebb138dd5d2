import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { pictureFailure, pictureProblem, type PictureFailure } from '../../../src/problems/picture-problems.ts';

describe('why a picture is not shown', () => {
  const failures: readonly PictureFailure[] = [
    { code: 'missing' },
    { code: 'folder' },
    { code: 'forbidden' },
    { code: 'empty' },
    { code: 'damaged' },
    { code: 'no-picture' },
    { code: 'unreadable', detail: 'Unable to resolve host.' },
    { code: 'too-large', sizeBytes: 40 * 1024 * 1024 },
    { code: 'too-long' },
    { code: 'other-format', format: 'BMP' },
    pictureFailure('too-large'),
    pictureFailure('not-a-picture'),
    pictureFailure('unsupported'),
  ];

  it('is said in words that name the file and offer a way on', () => {
    for (const failure of failures) {
      const { sentence, buttons } = pictureProblem('shelf.png', failure);
      assert.match(sentence, /“shelf\.png”.*\.$/, failure.code);
      assert.ok(buttons.length > 0, failure.code);
    }
  });

  it('says how large a file is and how large one may be, so that nobody tries again in vain', () => {
    const words = (sizeBytes: number) => pictureProblem('a.png', { code: 'too-large', sizeBytes }).sentence;
    assert.match(words(40 * 1024 * 1024), /40 MB, and the limit is 32 MB/);
    assert.match(words(32 * 1024 * 1024 + 1), /33 MB, and the limit is 32 MB/);
  });
});
