import type { LiveEvent } from './wire/live-event.ts';

/**
 * One part of a session. The session tells each of them, in the order of its list, what happens to all. `resumed`: the
 * service remembers what was said.
 */
export interface SessionPart {
  onEvent?(event: LiveEvent): void;
  /** A handle came: a session resumed with it has all that came before. */
  onHandle?(): void;
  /** The microphone hears speech begin or end. */
  onSpeech?(speaking: boolean): void;
  /** A connection is about to be made. */
  onConnecting?(resumed: boolean): void;
  /** The connection takes messages as soon as every part has been told. */
  onConnected?(resumed: boolean): void;
  /** Nothing is sent until there is another connection. */
  onDisconnected?(): void;
}
