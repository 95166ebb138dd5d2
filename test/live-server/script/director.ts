// Plays one connection's script: hands out its steps as their cues come.
import type { ConnectionScript, CuedStep, TimedStep } from './script.ts';
import type { Cue, Reaction, Responder } from './responder.ts';

function isTurn(cue: Cue): boolean {
  return cue.kind === 'speech' || cue.kind === 'text';
}

function matches(step: CuedStep, cue: Cue): boolean {
  if (step.on !== cue.kind && !(step.on === 'turn' && isTurn(cue))) return false;
  if (step.contains === undefined || cue.kind !== 'text') return true;
  return cue.text.toLowerCase().includes(step.contains.toLowerCase());
}

export class Director implements Responder {
  readonly timedSteps: readonly TimedStep[];
  readonly #waiting: CuedStep[];

  constructor(script: ConnectionScript) {
    const steps = script.steps ?? [];
    this.timedSteps = steps.filter((step) => 'at' in step);
    this.#waiting = steps.filter((step) => 'on' in step);
  }

  /** Steps that no cue has reached yet. */
  get unplayed(): readonly CuedStep[] {
    return this.#waiting;
  }

  react(cue: Cue): Reaction | undefined {
    const [next] = this.#waiting;
    if (!next || !matches(next, cue)) return undefined;
    this.#waiting.shift();
    return next;
  }
}
