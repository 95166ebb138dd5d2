// What must not outlive this process: child processes and temporary folders, whatever ends it.

/** Must be synchronous: Node gives no time for more when it exits. */
type Undo = () => void;

const undos = new Set<Undo>();
let installed = false;

const SIGNAL_EXIT_CODES = { SIGINT: 130, SIGTERM: 143, SIGHUP: 129 } as const;

/**
 * Registers `undo` to run when the process exits or is told to (Ctrl+C, SIGTERM, SIGHUP).
 *
 * @returns a function that takes the registration back
 */
export function undoAtExit(undo: Undo): () => void {
  install();
  undos.add(undo);
  return () => undos.delete(undo);
}

function install(): void {
  if (installed) return;
  installed = true;
  process.on('exit', () => {
    // Newest first: a process is ended before the folder it writes to is removed.
    for (const undo of [...undos].reverse()) undo();
  });
  for (const [signal, exitCode] of Object.entries(SIGNAL_EXIT_CODES)) {
    process.on(signal, () => process.exit(exitCode));
  }
  // test/setup/run.mjs keeps a channel open to the command it runs: when it is killed outright, the command ends too.
  process.on('disconnect', () => process.exit(SIGNAL_EXIT_CODES.SIGTERM));
  process.channel?.unref();
}
