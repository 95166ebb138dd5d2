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
  workspaceName: true,
  devices: true,
  share: true,
  captureSettings: true,
  requestFrame: true,
  frameDropped: true,
  crop: true,
  prepareStill: true,
  shares: true,
  sentPicture: true,
  pointing: true,
};

/**
 * Whether `data` is a message of the host. Only its type is looked at: the host is trusted, but browser extensions and VS
 * Code itself post other things into the same window.
 */
export function isToSurface(data: unknown): data is ToSurface {
  if (typeof data !== 'object' || data === null || !('type' in data)) return false;
  return typeof data.type === 'string' && Object.hasOwn(KNOWN_TYPES, data.type);
}

/** The message with binary fields that own their buffers: a decoder gives views on a whole frame of the socket. */
export function owningBytes(message: ToSurface): ToSurface {
  switch (message.type) {
    case 'audio':
      return { ...message, pcm16: new Uint8Array(ownBuffer(message.pcm16)) };
    case 'prepareStill':
      return { ...message, bytes: new Uint8Array(ownBuffer(message.bytes)) };
    case 'sentPicture':
      return { ...message, jpeg: new Uint8Array(ownBuffer(message.jpeg)) };
    default:
      return message;
  }
}

/** The bytes in a buffer of their own: a view may be a window on a larger one. */
export function ownBuffer(bytes: Uint8Array): ArrayBuffer {
  const { buffer, byteOffset, byteLength } = bytes;
  if (buffer instanceof ArrayBuffer && byteOffset === 0 && byteLength === buffer.byteLength) return buffer;
  return new Uint8Array(bytes).buffer;
}
