import type { FromSurface, ToSurface } from '../../src/protocol/messages.ts';

/** A surface's line to the host. Messages arrive in the order in which they were posted, in both directions. */
export interface Channel {
  /** Sends to the host. Binary payloads are copied, never detached: VS Code's webviews ignore transfer lists. */
  post(message: FromSurface): void;
  /** Calls `listener` with each message of the host from now on, until the function it returns is called. */
  onMessage(listener: (message: ToSurface) => void): () => void;
  /** Stops listening to the host. */
  dispose(): void;
}
