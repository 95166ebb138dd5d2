import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { ExcludedNames } from '../../../src/gate/excluded-names.ts';
import { parseModelPath } from '../../../src/gate/model-path.ts';
import { visible } from '../../../src/gate/visible.ts';

describe('a path that the model gives', () => {
  it('is taken apart, whichever slashes it has', () => {
    for (const path of ['src/a b/c.ts', './src/a b//c.ts', 'src\\a b\\c.ts', 'src/./a b/c.ts/']) {
      assert.deepEqual(parseModelPath(path), { segments: ['src', 'a b', 'c.ts'] }, path);
    }
    assert.deepEqual(parseModelPath('.'), { segments: [] });
    assert.deepEqual(parseModelPath('100%.txt', false), { segments: ['100%.txt'] });
  });

  it('may not name another stream of a file where colons do', () => {
    assert.ok('refused' in parseModelPath('keys/x.pem::$DATA', true));
    assert.ok('segments' in parseModelPath('notes/10:30.md', false));
  });

  it('is quoted in part where it is endless', () => {
    const read = parseModelPath(`../${'x'.repeat(100_000)}`);
    assert.ok('refused' in read && read.refused.length < 400);
  });
});

describe('names that are private', () => {
  const names = new ExcludedNames(['.env*', '*.pem', '.git/', '.ssh/', '**/.kube/config']);
  const isPrivate = (path: string): boolean => names.match(path.split('/'));

  it('are known in every case, at every depth, and with what file systems pass over', () => {
    for (const path of [
      '.env',
      '.ENV',
      'a/b/.Env.Local',
      'x.PEM',
      '.git',
      '.GIT/x',
      'a/.git/hooks/x',
      'a/.kube/config',
    ])
      assert.ok(isPrivate(path), path);
    for (const path of ['.env. ', 'x.pem..', '.g\u200bit/config', '\uff0eenv', '.ssh /id', '.ssh./id'])
      assert.ok(isPrivate(path), JSON.stringify(path));
  });

  it('leave others alone', () => {
    for (const path of [
      'env.ts',
      'src/environment.ts',
      'pem.md',
      '.github/workflows/a.yml',
      '.gitignore',
      'kube/config',
    ])
      assert.ok(!isPrivate(path), path);
  });
});

describe('what the person is asked to agree to', () => {
  it('hides nothing', () => {
    assert.equal(visible('rm\u202e -rf\u200b /\u0007\r'), 'rm\\u{202e} -rf\\u{200b} /\\u{7}\\u{d}');
    assert.equal(visible('two\n\tlines ä 漢'), 'two\n\tlines ä 漢');
  });
});
