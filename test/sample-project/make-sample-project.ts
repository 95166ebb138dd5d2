import { execFile } from 'node:child_process';
import { cp, mkdir, open, symlink, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { projectRoot } from '../vscode-host/project-root.ts';
import { EXCLUDED_FILES, IGNORED_FILES } from './forbidden-files.ts';
import { HUGE_FILE_BYTES, ORDINARY_FILES, WORKING_CHANGES } from './ordinary-files.ts';
import { FORBIDDEN_MARKS } from './planted-secrets.ts';

const run = promisify(execFile);

/** A library whose sources are published beside what is built of them: 332 TypeScript files. */
const LIBRARY_SOURCES = join(projectRoot, 'node_modules', 'zod', 'src');

/** Nothing of this machine's own set-up has a say. */
const GIT_ENVIRONMENT = {
  GIT_CONFIG_GLOBAL: '/dev/null',
  GIT_CONFIG_SYSTEM: '/dev/null',
  GIT_AUTHOR_NAME: 'A Person',
  GIT_AUTHOR_EMAIL: 'person@example.org',
  GIT_COMMITTER_NAME: 'A Person',
  GIT_COMMITTER_EMAIL: 'person@example.org',
};

/**
 * Fills a folder with a project of real size, with everything in it that must not leave it: secrets in names and in contents,
 * links, a file of 200 MB, a binary, a file that begs for secrets, and a git repository with two commits and changes.
 * A second folder, `outside`, is made beside it. Takes about a second.
 *
 * @param folder absolute path; made when it is not there
 */
export async function makeSampleProject(folder: string): Promise<void> {
  const outside = join(dirname(folder), 'outside');
  await cp(LIBRARY_SOURCES, join(folder, 'src', 'zod'), { recursive: true });
  await write(outside, { 'secret.txt': FORBIDDEN_MARKS.outside, 'folder/deep.txt': FORBIDDEN_MARKS.outside });
  await write(folder, { ...ORDINARY_FILES, 'committed.env': `NAME=${FORBIDDEN_MARKS.committedEnvironment}\n` });
  await write(folder, { 'src/config/more.ts': "export const colour = 'blue';\n" });
  await writeFile(join(folder, 'picture.bin'), Buffer.from('89504e470d0a1a0a0000000d49484452000000ff', 'hex'));
  await writeFile(join(folder, 'text', 'utf16.txt'), Buffer.from('\ufeffwide words\nsecond line\n', 'utf16le'));

  const git = (...args: readonly string[]) =>
    run('git', ['-C', folder, ...args], { env: { ...process.env, ...GIT_ENVIRONMENT } });
  await git('init', '--quiet', '--initial-branch=main');
  await git('add', '--all');
  await git('commit', '--quiet', '--message=Begin the shop');
  await write(folder, { 'src/shop/coupon.ts': 'export const coupon = 10;\n' });
  await git('add', '--all');
  await git('commit', '--quiet', '--message=Give coupons');

  await write(folder, { ...EXCLUDED_FILES, ...IGNORED_FILES, ...WORKING_CHANGES });
  await write(folder, { 'src/shop/staged.ts': 'export const staged = true;\n' });
  await write(folder, { '.git/planted': `${FORBIDDEN_MARKS.gitInternals}\n` });
  await git('add', 'src/shop/staged.ts');
  await hugeFile(join(folder, 'huge.log'));
  await makeLinks(folder, outside);
}

async function write(folder: string, files: Readonly<Record<string, string>>): Promise<void> {
  for (const [path, text] of Object.entries(files)) {
    const file = join(folder, path);
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, text);
  }
}

async function hugeFile(path: string): Promise<void> {
  const file = await open(path, 'w');
  await file.write('first line of a huge log\n');
  await file.truncate(HUGE_FILE_BYTES);
  await file.close();
}

/** By name, each is as innocent as can be. */
async function makeLinks(folder: string, outside: string): Promise<void> {
  const links = join(folder, 'links');
  await mkdir(links);
  await symlink(join(outside, 'secret.txt'), join(links, 'innocent.txt'));
  await symlink(outside, join(links, 'more'));
  await symlink('../.env', join(links, 'settings.txt'));
  await symlink('../.git', join(links, 'history'));
  await symlink('../keys', join(links, 'locks'));
  await symlink('../dist/bundle.js', join(links, 'bundle.js'));
  await symlink('../src/shop/cart.ts', join(links, 'cart.ts'));
  await symlink(join(outside, 'not-there-yet.txt'), join(links, 'dangling.txt'));
  await symlink('loop', join(links, 'loop'));
}
