import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { failureOf, pictureFailureWords, type PictureFailure } from '../../../src/documents/picture-failure.ts';

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
    failureOf('too-large'),
    failureOf('not-a-picture'),
    failureOf('unsupported'),
  ];

  it('is said in words that name the file and offer a way on', () => {
    for (const failure of failures) {
      const { sentence, actions } = pictureFailureWords('shelf.png', failure);
      assert.match(sentence, /“shelf\.png”.*\.$/, failure.code);
      assert.ok(actions.length > 0, failure.code);
    }
  });

  it('says how large a file is and how large one may be, so that nobody tries again in vain', () => {
    const words = (sizeBytes: number) => pictureFailureWords('a.png', { code: 'too-large', sizeBytes }).sentence;
    assert.match(words(40 * 1024 * 1024), /has 40 MB; at most 32 MB/);
    assert.match(words(32 * 1024 * 1024 + 1), /has 33 MB; at most 32 MB/);
  });
});
