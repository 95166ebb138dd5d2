import { readdir, readFile } from 'node:fs/promises';

/** A process, by what Linux's /proc says of it. */
export interface LinuxProcess {
  readonly pid: number;
  /** Process id of its group's leader. */
  readonly groupPid: number;
  /** Program and arguments, separated by NUL. */
  readonly commandLine: string;
}

/** All processes that can be seen and have not ended; empty where there is no /proc. */
export async function listProcesses(): Promise<LinuxProcess[]> {
  const entries = await readdir('/proc').catch(() => []);
  const processes: LinuxProcess[] = [];
  for (const entry of entries.filter((name) => /^\d+$/.test(name))) {
    const [stat, commandLine] = await Promise.all([
      readFile(`/proc/${entry}/stat`, 'utf8').catch(() => ''),
      readFile(`/proc/${entry}/cmdline`, 'utf8').catch(() => ''),
    ]);
    // After the parenthesised program name come the state, the parent and the process group.
    const groupPid = Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[2]);
    if (commandLine !== '') processes.push({ pid: Number(entry), groupPid, commandLine });
  }
  return processes;
}

/**
 * The extension hosts of a VS Code server.
 *
 * @param serverPid process id of the server, leader of its group
 */
export async function extensionHostPids(serverPid: number): Promise<number[]> {
  return (await listProcesses())
    .filter(({ groupPid, commandLine }) => groupPid === serverPid && commandLine.includes('--type=extensionHost'))
    .map(({ pid }) => pid);
}

/**
 * The processes through which a Chromium reaches microphone and loudspeaker. When one is ended, open microphones end
 * with it, as when a device is unplugged.
 *
 * @param profileFolder the browser's own, by which it is told from others
 */
export async function audioServicePids(profileFolder: string): Promise<number[]> {
  return browserProcesses(profileFolder, 'audio.mojom');
}

/** The processes in which a Chromium runs its pages. */
export async function rendererPids(profileFolder: string): Promise<number[]> {
  return browserProcesses(profileFolder, '--type=renderer');
}

async function browserProcesses(profileFolder: string, mark: string): Promise<number[]> {
  const processes = await listProcesses();
  const browser = processes.find(
    ({ commandLine }) => commandLine.includes(`--user-data-dir=${profileFolder}`) && !commandLine.includes('--type='),
  );
  return processes
    .filter(({ groupPid, commandLine }) => groupPid === browser?.groupPid && commandLine.includes(mark))
    .map(({ pid }) => pid);
}
