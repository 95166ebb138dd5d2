// Does what Actions say, in the order they are declared there.
import type { JsonObject } from '../wire/json-value.ts';
import type { Outlet } from '../wire/outlet.ts';
import { CLOSE, type CloseReason } from '../wire/reasons.ts';
import type { Actions, Reply, ToolCall } from './actions.ts';
import { garbageFrame } from './garbage.ts';

/** What a connection can do on demand. */
export interface Stage {
  readonly outlet: Outlet;
  startReply(reply: Reply): void;
  interrupt(): void;
  callTools(calls: readonly ToolCall[]): void;
  cancelTools(ids: true | readonly string[]): void;
  giveHandle(): void;
  close(reason: CloseReason): void;
  /** Does something after a time, unless the connection ends before. */
  later(delayMs: number, action: () => void): void;
}

function asList<T>(value: T | readonly T[] | undefined): readonly T[] {
  if (value === undefined) return [];
  // Array.isArray does not narrow readonly arrays.
  return Array.isArray(value) ? (value as readonly T[]) : [value as T];
}

function goAway(stage: Stage, { timeLeftMs, close = CLOSE.deadline }: NonNullable<Actions['goAway']>): void {
  stage.outlet.send({ goAway: { timeLeft: `${timeLeftMs / 1000}s` } });
  if (close) stage.later(timeLeftMs, () => stage.close(close));
}

export function perform(actions: Actions, stage: Stage): void {
  const { outlet } = stage;
  for (const message of asList<JsonObject>(actions.message)) outlet.send(message);
  if (actions.garbage) outlet.sendRaw(garbageFrame(actions.garbage));
  if (actions.spuriousInterruption === true) {
    outlet.send({ serverContent: { interrupted: true } });
    outlet.send({ serverContent: { turnComplete: true } });
  }
  const calls = asList<ToolCall>(actions.toolCall);
  if (calls.length > 0) stage.callTools(calls);
  if (actions.cancelToolCalls) stage.cancelTools(actions.cancelToolCalls);
  if (actions.handle === true) stage.giveHandle();
  if (actions.reply) stage.startReply(actions.reply);
  if (actions.interrupt === true) stage.interrupt();
  if (actions.goAway) goAway(stage, actions.goAway);
  if (actions.stall === 'sending' || actions.stall === 'both') outlet.stallSending();
  if (actions.stall === 'reading' || actions.stall === 'both') outlet.stallReading();
  if (actions.resume === true) {
    outlet.resumeSending();
    outlet.resumeReading();
  }
  if (actions.close) stage.close(actions.close);
  if (actions.terminate === true) stage.close({ code: 1006, reason: '' });
}
