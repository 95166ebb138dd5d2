import type { FromSurface } from '../../src/protocol/messages.ts';
import type { Receivers } from './incoming.ts';

/** A surface's line to the host. Messages arrive in the order in which they were posted, in both directions. */
export interface Channel {
  /**
   * Sends to the host; while the line is down the message is dropped. Binary payloads are copied, never detached: VS
   * Code's webviews ignore transfer lists.
   */
  post(message: FromSurface): void;
  /** Calls these with the host's messages of their types from now on; several may take the same type. */
  listen(receivers: Partial<Receivers>): void;
  /** Whether a picture can go out now without holding up speech: the last one has left, and no sound waits. */
  mayPostFrame(): boolean;
  /**
   * Calls `listener` with true whenever the host can be reached anew (at once, if it can be now) and with false whenever it
   * no longer can, until the function it returns is called. Whoever captures lets go then.
   */
  onLine(listener: (up: boolean) => void): () => void;
  /** Stops listening to the host. */
  dispose(): void;
}
