// Starting VS Code and its browser keeps every core busy for seconds. Of several suites that run side by side one starts
// at a time: test/run-all/start-turns.ts gives the turns. A suite that runs by itself has nobody to ask.
import { once } from 'node:events';

/** What a suite says to the program that runs it, and is told. */
export const START_TURN = { ask: 'may I start?', granted: 'start', done: 'started', idle: 'I only wait' } as const;

/** Does it as soon as no other suite is at it. */
export async function inTurn<T>(start: () => Promise<T>): Promise<T> {
  if (process.send === undefined) return start();
  const tell = process.send.bind(process);
  tell(START_TURN.ask);
  await once(process, 'message');
  try {
    return await start();
  } finally {
    tell(START_TURN.done);
  }
}

/** Says that what is left of this suite is little but waiting: the next may begin in its place. */
export function onlyWaitsNow(): void {
  process.send?.(START_TURN.idle);
}
