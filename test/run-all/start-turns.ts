import type { ChildProcess } from 'node:child_process';
import { START_TURN } from '../vscode-host/start-turn.ts';

/** Lets one of several suites start its VS Code at a time. */
export class StartTurns {
  #last: Promise<void> = Promise.resolve();

  /**
   * @param suite has an IPC channel
   * @param onIdle called when it says that it only waits from now on
   */
  attend(suite: ChildProcess, onIdle: () => void): void {
    let started = (): void => undefined;
    suite.on('message', (word) => {
      if (word === START_TURN.idle) onIdle();
      if (word === START_TURN.done) started();
      if (word === START_TURN.ask) this.#last = this.#last.then(() => granted());
    });
    // One that ends has nothing to start any more.
    suite.once('exit', () => started());
    const granted = async (): Promise<void> => {
      if (suite.exitCode !== null || suite.signalCode !== null || !suite.connected) return;
      const done = new Promise<void>((resolve) => (started = resolve));
      suite.send(START_TURN.granted);
      await done;
    };
  }
}
