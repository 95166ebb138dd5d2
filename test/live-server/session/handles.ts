// Session resumption handles: each brings back the conversation as it was when the handle was given out.
import { randomUUID } from 'node:crypto';
import type { Service } from '../wire/protos.ts';
import { CLOSE, invalidArgument, Violation } from '../wire/reasons.ts';
import type { Conversation } from './conversation.ts';

/** After the end of the connection that got the handle (live-api.md §2.2). */
const VALID_MS: Record<Service, number> = { gemini: 2 * 3_600_000, vertex: 24 * 3_600_000 };

/** The connection that got a handle. */
export interface HandleOwner {
  readonly open: boolean;
  /** On the clock given to the store; undefined while open. */
  readonly closedAtMs: number | undefined;
}

interface Issued {
  owner: HandleOwner;
  service: Service;
  conversation: Conversation;
}

export class HandleStore {
  readonly #issued = new Map<string, Issued>();
  readonly #nowMs: () => number;

  constructor(nowMs: () => number) {
    this.#nowMs = nowMs;
  }

  issue(owner: HandleOwner, service: Service, conversation: Conversation): string {
    const handle = randomUUID();
    this.#issued.set(handle, { owner, service, conversation: conversation.snapshot() });
    return handle;
  }

  /**
   * @throws Violation 1007 for an unknown or expired handle or another model, 1011 while the socket that got the handle
   * is still open: the old one must be closed first
   */
  resume(handle: string, service: Service, model: string): Conversation {
    const issued = this.#issued.get(handle);
    const expired =
      issued?.owner.closedAtMs !== undefined && this.#nowMs() - issued.owner.closedAtMs > VALID_MS[issued.service];
    if (!issued || issued.service !== service || expired)
      throw new Violation(CLOSE.badHandle.code, CLOSE.badHandle.reason);
    if (issued.owner.open) throw new Violation(CLOSE.internal.code, CLOSE.internal.reason);
    if (issued.conversation.model !== model) throw invalidArgument();
    return issued.conversation.snapshot();
  }

  /** Every handle given out so far becomes unknown, as after their two hours. */
  expireAll(): void {
    this.#issued.clear();
  }
}
