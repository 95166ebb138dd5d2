import assert from 'node:assert/strict';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, it } from 'mocha';
import { maskSecrets, SECRET_MASK, secretSpans } from '../../../src/gate/secrets.ts';
import { Output } from '../../../src/tools/run/output.ts';
import { INLINE_SECRETS, PRIVATE_KEY, PRIVATE_KEY_LINES } from '../../sample-project/planted-secrets.ts';
import { projectRoot } from '../../vscode-host/project-root.ts';

/** Put together here, so that nothing in this file looks like a secret. */
const fresh = (...parts: readonly string[]): string => parts.join('');
const BODY = 'k9Xw2Qv7Lr4Tz8Nb3Mc6Yd1Hf5Jg0PsRtUe';

const KNOWN_SHAPES: Readonly<Record<string, string>> = {
  'a Google API key': fresh('AI', 'za', BODY, 'abcd'),
  'a Google access token': fresh('ya', '29.', BODY),
  'an AWS access key': INLINE_SECRETS.aws,
  'a GitHub token': fresh('gh', 's_', BODY),
  'a fine-grained GitHub token': fresh('github', '_pat_', BODY),
  'a GitLab token': fresh('gl', 'pat-', BODY),
  'a Slack token': fresh('xo', 'xb-', '123456789012-', BODY),
  'a Stripe key': fresh('rk', '_live_', BODY),
  'an OpenAI key': fresh('sk', '-proj-', BODY),
  'an Anthropic key': fresh('sk', '-ant-api03-', BODY),
  'an npm token': fresh('np', 'm_', BODY, '1234'),
  'a SendGrid key': fresh('SG', '.', BODY.slice(0, 22), '.', BODY),
  'a JSON Web Token': fresh('ey', 'JhbGciOiJIUzI1NiJ9.', 'ey', 'JzdWIiOiIxMjM0NTYifQ.', BODY),
};

describe('secrets in a text', () => {
  for (const [what, secret] of Object.entries(KNOWN_SHAPES)) {
    it(`masks ${what}, wherever it stands`, () => {
      assert.equal(maskSecrets(`a(${secret});`), `a(${SECRET_MASK});`);
      assert.equal(maskSecrets(`first\n# see ${secret}\nlast`), `first\n# see ${SECRET_MASK}\nlast`);
    });
  }

  it('masks each line of a key, and keeps the lines', () => {
    const masked = maskSecrets(`before\n${PRIVATE_KEY}after`);
    const lines = masked.split('\n');
    assert.deepEqual(
      [lines[0], ...lines.slice(2, 5), lines.at(-1)],
      ['before', SECRET_MASK, SECRET_MASK, SECRET_MASK, 'after'],
    );
    assert.equal(lines.length, `before\n${PRIVATE_KEY}after`.split('\n').length);
    assert.equal(
      maskSecrets(PRIVATE_KEY.replaceAll('\n', '\r\n')).split('\r\n').length,
      PRIVATE_KEY.split('\n').length,
    );
  });

  it('masks a key that is cut off, or written on one line', () => {
    const cut = PRIVATE_KEY.split('\n').slice(0, 3).join('\n');
    const onOneLine = JSON.stringify({ key: PRIVATE_KEY });
    for (const text of [cut, onOneLine])
      for (const line of PRIVATE_KEY_LINES) assert.ok(!maskSecrets(text).includes(line), text);
  });

  it('masks the password of an address and leaves the rest of it', () => {
    assert.equal(
      maskSecrets('url = mongodb+srv://shop:pa55word@db.example.org/shop?ssl=true'),
      `url = mongodb+srv://shop:${SECRET_MASK}@db.example.org/shop?ssl=true`,
    );
    assert.equal(maskSecrets('Server=x;User=y;Password=Tr0ub4dor;'), `Server=x;User=y;Password=${SECRET_MASK};`);
  });

  it('masks what is assigned to a telling name, in code, JSON, YAML and the environment', () => {
    const secret = 'Zk3vQ9-mW2xT7';
    for (const [text, masked] of [
      [`const dbPassword = '${secret}';`, `const dbPassword = '${SECRET_MASK}';`],
      [`{ "clientSecret": "${secret}" }`, `{ "clientSecret": "${SECRET_MASK}" }`],
      [`'api_key' => "${secret}"`, `'api_key' => "${SECRET_MASK}"`],
      [`export GITLAB_TOKEN=${secret}`, `export GITLAB_TOKEN=${SECRET_MASK}`],
      [`ENV APP_SECRET=${secret}\nRUN x`, `ENV APP_SECRET=${SECRET_MASK}\nRUN x`],
      [`  access_key: ${secret}`, `  access_key: ${SECRET_MASK}`],
      [`Authorization: Bearer ${BODY}`, `Authorization: Bearer ${SECRET_MASK}`],
    ] as const)
      assert.equal(maskSecrets(text), masked);
  });

  it('masks it also after a file, a number, a mark or a time, as programs write them before a line', () => {
    const secret = fresh('h7Kq', '29xL', 'm4Tz');
    const random = fresh('h7Kq', '29xLm4TzB8');
    for (const before of [
      ...['.env:3:', 'deploy/.env.local:12:', '.env-3-', '3:', '3-', '3\t', '     3\t', '10: ', ' 10 | ', '    10→'],
      ...['+', '-', '++', '< ', '> ', '.\\config\\app.properties:7:', 'HEAD:app.properties:7:', '$ export '],
      ...[
        '^8c1d2e3 (A Person 2026-11-22 22:14:10 +0000 3) ',
        '2026-11-22 22:14:10,123 INFO ',
        'level=info ',
        '# ',
        '- ',
      ],
      'https://example.org/path?',
    ]) {
      assert.equal(
        maskSecrets(`one\n${before}DB_PASSWORD=${secret}\r\ntwo`),
        `one\n${before}DB_PASSWORD=${SECRET_MASK}\r\ntwo`,
      );
      assert.equal(maskSecrets(`${before}  db_password: ${random}`), `${before}  db_password: ${SECRET_MASK}`);
    }
  });

  it('masks it in what a command writes, in colours or not', () => {
    const output = new Output();
    const secret = fresh('h7Kq', '29xL', 'm4Tz');
    output.add(
      `\u001b[35m.env\u001b[m\u001b[36m:\u001b[m\u001b[32m3\u001b[m\u001b[36m:\u001b[mDB_\u001b[1;31mPASSWORD\u001b[m=${secret}\r\n`,
    );
    output.add(`\u001b[32m+DB_PASSWORD=${secret}\u001b[m\r\n`);
    assert.equal(output.read(maskSecrets), `.env:3:DB_PASSWORD=${SECRET_MASK}\n+DB_PASSWORD=${SECRET_MASK}`);
  });

  it('takes no longer for what was made to keep it busy', () => {
    const size = 200_000;
    for (const part of [
      'a',
      ' ',
      ':',
      '3:',
      '(',
      '(a)',
      ',',
      'password',
      'password=',
      'password: ',
      'password=aaaaaa ',
      '+-',
      '\n3:',
    ]) {
      const text = part.repeat(size / part.length);
      const startMs = performance.now();
      maskSecrets(`${text}\npassword=${' '.repeat(size)}x`);
      // Each takes some milliseconds; what grows with the square of the length takes minutes.
      assert.ok(performance.now() - startMs < 5_000, part);
    }
  });

  it('leaves what is no secret as it is', () => {
    for (const text of [
      'password: string;',
      "const passwordField = 'input[type=password]';",
      'const token = nextToken(source);',
      "label: 'Your password is required'",
      'API_KEY=${GEMINI_API_KEY}',
      "apiKey: process.env['API_KEY_2'],",
      'secret = "<your secret here>"',
      "tokenUrl: 'https://oauth2.example.org/token'",
      'connect(user, timeout=3, token=token_of(user1))',
      'def connect(headers, realms=None, credentials=None):',
      'git sha 3ac068d1f2b4c6e8a0d2f4b6c8e0a2d4f6b8c0e2',
      'postgres://localhost:5432/shop',
      'https://user@example.org/',
      '"eslint-plugin-no-secrets": "^10.2.2"',
      '"integrity": "sha512-abcdEFGH1234+/abcdEFGH1234=="',
      "import { tokenize } from './tokens.js';",
    ])
      assert.equal(maskSecrets(text), text);
  });

  it('is the same when it is done twice', () => {
    const text = `${Object.values(KNOWN_SHAPES).join('\n')}\n${PRIVATE_KEY}\npassword = "Zk3vQ9-mW2xT7"`;
    assert.equal(maskSecrets(maskSecrets(text)), maskSecrets(text));
  });

  it('finds next to nothing in the sources of a library that has none', async () => {
    const sources = join(projectRoot, 'node_modules', 'zod', 'src');
    const files = (await readdir(sources, { recursive: true })).filter((file) => file.endsWith('.ts'));
    const found: string[] = [];
    for (const file of files) {
      const text = await readFile(join(sources, file), 'utf8');
      found.push(...secretSpans(text).map(({ start, end }) => `${file}: ${text.slice(start, end).slice(0, 40)}`));
    }
    // Those of its tests for JSON Web Tokens and for addresses with a password.
    console.log(`        ${found.length} masked in ${files.length} files: ${found.join(', ')}`);
    assert.ok(files.length >= 300 && found.length <= 3);
  });
});
