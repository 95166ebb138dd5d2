import { readdir, readFile } from 'node:fs/promises';

/**
 * The extension hosts among the processes of a group, by what Linux's /proc says of them.
 *
 * @param groupPid process id of the group's leader
 */
export async function extensionHostPids(groupPid: number): Promise<number[]> {
  const found: number[] = [];
  for (const entry of await readdir('/proc')) {
    if (!/^\d+$/.test(entry)) continue;
    const [stat, commandLine] = await Promise.all([
      readFile(`/proc/${entry}/stat`, 'utf8').catch(() => ''),
      readFile(`/proc/${entry}/cmdline`, 'utf8').catch(() => ''),
    ]);
    // After the parenthesised program name come the state, the parent and the process group.
    const group = Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[2]);
    if (group === groupPid && commandLine.includes('--type=extensionHost')) found.push(Number(entry));
  }
  return found;
}
