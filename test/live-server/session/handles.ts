// Session resumption handles: each brings back the conversation, and the calls that waited for an answer, as they were when
// the handle was given out.
import { randomUUID } from 'node:crypto';
import type { Service } from '../wire/protos.ts';
import { CLOSE, invalidArgument, Violation } from '../wire/reasons.ts';
import type { Conversation } from './conversation.ts';
import type { ToolCallRecord } from './tool-calls.ts';

/** After the end of the connection that got the handle (docs/live-api.md, "Resuming a session"). */
const VALID_MS: Record<Service, number> = { gemini: 2 * 3_600_000, vertex: 24 * 3_600_000 };

/** The connection that got a handle. */
export interface HandleOwner {
  readonly open: boolean;
  /** On the clock given to the store; undefined while open. */
  readonly closedAtMs: number | undefined;
}

/** What a handle leads back to. */
export interface Resumed {
  conversation: Conversation;
  /** Calls that waited for their answer when the handle was given out; they wait for it again. */
  openCalls: readonly ToolCallRecord[];
}

interface Issued extends Resumed {
  owner: HandleOwner;
  service: Service;
}

export class HandleStore {
  readonly #issued = new Map<string, Issued>();
  readonly #nowMs: () => number;

  constructor(nowMs: () => number) {
    this.#nowMs = nowMs;
  }

  issue(owner: HandleOwner, service: Service, { conversation, openCalls }: Resumed): string {
    const handle = randomUUID();
    this.#issued.set(handle, { owner, service, conversation: conversation.snapshot(), openCalls: [...openCalls] });
    return handle;
  }

  /**
   * @throws Violation 1007 for an unknown or expired handle or another model, 1011 while the socket that got the handle
   * is still open: the old one must be closed first
   */
  resume(handle: string, service: Service, model: string): Resumed {
    const issued = this.#issued.get(handle);
    const expired =
      issued?.owner.closedAtMs !== undefined && this.#nowMs() - issued.owner.closedAtMs > VALID_MS[issued.service];
    if (!issued || issued.service !== service || expired)
      throw new Violation(CLOSE.badHandle.code, CLOSE.badHandle.reason);
    if (issued.owner.open) throw new Violation(CLOSE.internal.code, CLOSE.internal.reason);
    if (issued.conversation.model !== model) throw invalidArgument();
    return { conversation: issued.conversation.snapshot(), openCalls: issued.openCalls };
  }

  /** Every handle given out so far becomes unknown, as after their two hours. */
  expireAll(): void {
    this.#issued.clear();
  }
}
