/**
 * The message with Node's `Buffer`s as what they are, arrays of bytes: VS Code writes a `Buffer` to a webview by its `toJSON`, and
 * what arrives is no array any more. The bytes are not copied.
 */
export function withPlainBytes<Message extends object>(message: Message): Message {
  const fields = Object.entries(message).map(([name, value]: [string, unknown]) => [name, plain(value)]);
  // The same fields with the same kinds of values.
  return Object.fromEntries(fields) as Message;
}

function plain(value: unknown): unknown {
  if (!Buffer.isBuffer(value)) return value;
  return new Uint8Array(value.buffer, value.byteOffset, value.byteLength);
}
