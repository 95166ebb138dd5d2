import type { ToSurface } from '../../src/protocol/messages.ts';

/** What becomes of each message of the host, by its type. */
export type Receivers = { readonly [Type in ToSurface['type']]: (message: ToSurface<Type>) => void };

/** Hands each message of the host to those who take its type. */
export class Incoming {
  readonly #receivers = new Map<string, ((message: ToSurface) => void)[]>();

  /** Calls these with the messages of their types from now on, after those that listened before. */
  listen(receivers: Partial<Receivers>): void {
    for (const [type, receiver] of Object.entries(receivers)) {
      // It stands under its type, and is called with messages of that type only.
      const taker = receiver as (message: ToSurface) => void;
      this.#receivers.set(type, [...(this.#receivers.get(type) ?? []), taker]);
    }
  }

  /**
   * Only the type is looked at: the host is trusted, but browser extensions and VS Code itself post other things into the
   * same window, which nobody here takes.
   */
  deliver(data: unknown): void {
    if (!hasType(data)) return;
    for (const receiver of this.#receivers.get(data.type) ?? []) receiver(data);
  }

  dispose(): void {
    this.#receivers.clear();
  }
}

function hasType(data: unknown): data is ToSurface {
  return typeof data === 'object' && data !== null && 'type' in data && typeof data.type === 'string';
}

/** The value with bytes that own their buffers, wherever they stand: a decoder gives views on a whole frame of the socket. */
export function owningBytes(value: unknown): unknown {
  if (value instanceof Uint8Array) return new Uint8Array(ownBuffer(value));
  if (Array.isArray(value)) return value.map(owningBytes);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, field]) => [name, owningBytes(field)]));
}

/** The bytes in a buffer of their own: a view may be a window on a larger one. */
export function ownBuffer(bytes: Uint8Array): ArrayBuffer {
  const { buffer, byteOffset, byteLength } = bytes;
  if (buffer instanceof ArrayBuffer && byteOffset === 0 && byteLength === buffer.byteLength) return buffer;
  return new Uint8Array(bytes).buffer;
}
