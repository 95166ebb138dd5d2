import type { AudioMessage, ToSurface } from '../../protocol/messages.ts';
import type { SurfaceHub } from '../../surface/hub.ts';

/** A second of 24 kHz PCM16: what is handed to another surface all at once still goes in parts. */
const MAX_JOINED_BYTES = 48_000;

/**
 * Joins the parts of a reply that come in one frame of the service: to the surface they are one message instead of four,
 * since each costs VS Code more than what it carries. Nothing waits longer than until that frame has been read.
 */
export class ReplyMessages {
  readonly #hub: Pick<SurfaceHub, 'postToMedia'>;
  #reply = 0;
  #parts: Uint8Array[] = [];
  #bytes = 0;

  constructor(hub: Pick<SurfaceHub, 'postToMedia'>) {
    this.#hub = hub;
  }

  /** In order, whatever the kind of message. */
  postToMedia(message: ToSurface): void {
    if (message.type === 'audio') {
      this.#add(message);
      return;
    }
    this.#send();
    this.#hub.postToMedia(message);
  }

  #add({ reply, pcm16 }: AudioMessage): void {
    if (reply !== this.#reply || this.#bytes + pcm16.byteLength > MAX_JOINED_BYTES) this.#send();
    this.#reply = reply;
    this.#parts.push(pcm16);
    this.#bytes += pcm16.byteLength;
    if (this.#parts.length === 1) queueMicrotask(() => this.#send());
  }

  #send(): void {
    const [first] = this.#parts;
    if (first === undefined) return;
    const pcm16 = this.#parts.length === 1 ? first : joined(this.#parts, this.#bytes);
    this.#parts = [];
    this.#bytes = 0;
    this.#hub.postToMedia({ type: 'audio', reply: this.#reply, pcm16 });
  }
}

/** A buffer of its own: a webview is sent the whole buffer that an array is a view of. */
function joined(parts: readonly Uint8Array[], bytes: number): Uint8Array {
  const whole = new Uint8Array(bytes);
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.byteLength;
  }
  return whole;
}
