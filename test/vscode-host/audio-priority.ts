import { existsSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { setPriority } from 'node:os';
import { join } from 'node:path';

/** As far above others as desktop systems put their sound servers (PulseAudio and PipeWire ask for -11). */
const NICENESS = -10;
const NICE = '/usr/bin/nice';

/**
 * Chromium drops recorded sound when it waits for the processor longer than its fake microphone buffers: on two cores
 * with ten other busy processes, 40 to 340 ms in one of four runs. Where the system allows it (Linux, as root), this
 * gives the browser precedence, and what a journey hears depends on the product instead of on its neighbours.
 *
 * @param executable absolute path of the browser
 * @param folder where a small script may be put
 * @returns what to start in place of the browser
 */
export async function withAudioPriority(executable: string, folder: string): Promise<string> {
  if (process.platform !== 'linux' || process.getuid?.() !== 0 || !existsSync(NICE)) return executable;
  const script = join(folder, 'browser-first');
  const quoted = `'${executable.replaceAll("'", `'\\''`)}'`;
  await writeFile(script, `#!/bin/sh\nexec ${NICE} -n ${NICENESS} ${quoted} "$@"\n`, { mode: 0o755 });
  return script;
}

/**
 * Gives this process, and all it starts from now on, precedence over what else the machine does, where the system allows
 * it (as root): VS Code and the local Live server wait for the processor as little as the browser, which stays ahead of
 * them.
 */
export function goFirst(): void {
  if (process.platform !== 'linux' || process.getuid?.() !== 0) return;
  try {
    setPriority(NICENESS);
  } catch {
    // Not allowed to this root: the tests wait a little longer then.
  }
}
