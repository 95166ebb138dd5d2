import { readFile } from 'node:fs/promises';
import type { LinuxProcess } from '../../test/vscode-host/linux-processes.ts';

/** What processes are for, as the table names it. */
export const KINDS = ['renderer', 'audio service', 'GPU process', 'browser', 'VS Code server'] as const;
export type Kind = (typeof KINDS)[number];

/** Processor time by kind, in per cent of one core. */
export type Load = Readonly<Record<Kind, number>>;

/** Lists the processes that are to be measured, by kind. */
export type Census = () => Promise<ReadonlyMap<number, Kind>>;

/** Clock ticks of `/proc` a second, the same on every architecture that Linux runs Chromium on. */
const TICKS_PER_SECOND = 100;

/** What a process of Chromium's is for. Its network and storage services count as the browser. */
export function kindOf({ commandLine }: LinuxProcess): Kind {
  if (commandLine.includes('--type=renderer')) return 'renderer';
  if (commandLine.includes('audio.mojom')) return 'audio service';
  if (commandLine.includes('--type=gpu-process')) return 'GPU process';
  return 'browser';
}

/** What these processes, and those that join them meanwhile, take together. */
export async function measureLoad(census: Census, seconds: number): Promise<Load> {
  const before = await ticksOfAll(await census());
  const beganMs = performance.now();
  await new Promise((resolve) => setTimeout(resolve, seconds * 1000));
  const kinds = await census();
  const after = await ticksOfAll(kinds);
  const tookSeconds = (performance.now() - beganMs) / 1000;
  const load = { renderer: 0, 'audio service': 0, 'GPU process': 0, browser: 0, 'VS Code server': 0 };
  for (const [pid, kind] of kinds) {
    const ticks = (after.get(pid) ?? 0) - (before.get(pid) ?? 0);
    load[kind] += (ticks / TICKS_PER_SECOND / tookSeconds) * 100;
  }
  return load;
}

export function total(load: Load): number {
  return KINDS.reduce((sum, kind) => sum + load[kind], 0);
}

async function ticksOfAll(kinds: ReadonlyMap<number, Kind>): Promise<ReadonlyMap<number, number>> {
  const pids = [...kinds.keys()];
  return new Map(await Promise.all(pids.map(async (pid) => [pid, await ticksOf(pid)] as const)));
}

/** User and system time of all threads of a process. */
async function ticksOf(pid: number): Promise<number> {
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '');
  // After the parenthesised program name the state is the first field; user and system time are the 12th and 13th.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return Number(fields[11] ?? 0) + Number(fields[12] ?? 0);
}
