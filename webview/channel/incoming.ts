import type { ToSurface } from '../../src/protocol/messages.ts';

/** A record, so that a type added to the protocol cannot be forgotten here. */
const KNOWN_TYPES: Readonly<Record<ToSurface['type'], true>> = {
  roles: true,
  session: true,
  conversation: true,
  level: true,
  microphone: true,
  audio: true,
  audioEnd: true,
  flush: true,
  speaker: true,
  theme: true,
  place: true,
  devices: true,
};

/**
 * Whether `data` is a message of the host. Only its type is looked at: the host is trusted, but browser extensions and VS
 * Code itself post other things into the same window.
 */
export function isToSurface(data: unknown): data is ToSurface {
  if (typeof data !== 'object' || data === null || !('type' in data)) return false;
  return typeof data.type === 'string' && Object.hasOwn(KNOWN_TYPES, data.type);
}

/** The bytes of `pcm16` in a buffer of their own: a view may be a window on a larger one. */
export function ownBuffer(pcm16: Uint8Array): ArrayBuffer {
  const { buffer, byteOffset, byteLength } = pcm16;
  if (buffer instanceof ArrayBuffer && byteOffset === 0 && byteLength === buffer.byteLength) return buffer;
  return new Uint8Array(pcm16).buffer;
}
