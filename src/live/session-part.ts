import type { LiveEvent } from './wire/live-event.ts';

/**
 * One part of a session. The session tells every part, in the order of its list, what happens to all of them. `resumed`: the
 * connection begins with the newest handle, so the service remembers what was said.
 */
export interface SessionPart {
  /** The service said something. */
  onEvent?(event: LiveEvent): void;
  /** A handle came that leads back to this moment: a session resumed with it has all that came before. */
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
