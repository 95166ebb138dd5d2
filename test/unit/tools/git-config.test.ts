import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { configValue } from '../../../src/gate/git-config.ts';

describe('a value of a git configuration', () => {
  const excludesFile = (text: string): string | undefined => configValue(text, 'core', 'excludesFile');

  it('is read as git reads it', () => {
    for (const [text, value] of [
      ['[core]\n\texcludesFile = ~/.gitignore_global\n', '~/.gitignore_global'],
      ['[user]\nname = x\n[CORE]\r\nEXCLUDESFILE=/a b/ignore # mine\r\n', '/a b/ignore'],
      ['[core] excludesfile = "/a #1/ignore" ; mine', '/a #1/ignore'],
      [String.raw`[core]${'\n'}excludesfile = "C:\\Users\\a \"b\"\\ignore"`, String.raw`C:\Users\a "b"\ignore`],
      ['[core]\nexcludesfile = /first\n[user]\nname = x\n[core]\nexcludesfile = /last', '/last'],
      ['\uFEFF[core]\nexcludesfile =', ''],
    ] as const)
      assert.equal(excludesFile(text), value, text);
  });

  it('is none where it is commented out, or of another section', () => {
    for (const text of [
      '',
      '[core]\n# excludesfile = /a\n; excludesfile = /b\nexcludesfiles = /c\n',
      '[core "mine"]\nexcludesfile = /a',
      '[user]\nexcludesfile = /a',
      'excludesfile = /a',
    ])
      assert.equal(excludesFile(text), undefined, text);
  });
});
