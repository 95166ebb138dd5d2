import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { ReadVerdicts } from '../../src/editor/read-verdicts.ts';

/** A gate that takes its time: each question is answered when the test says so. */
class SlowGate {
  readonly changed = new vscode.EventEmitter<void>();
  readonly onDidChange = this.changed.event;
  readonly answers: ((may: boolean) => void)[] = [];

  isExcludedName(): boolean {
    return false;
  }

  mayRead(): Promise<boolean> {
    return new Promise((resolve) => this.answers.push(resolve));
  }
}

describe('Whether an open file may be told', () => {
  const file = vscode.Uri.file('/somewhere/plan.md');
  let gate: SlowGate;
  let verdicts: ReadVerdicts;

  beforeEach(() => {
    gate = new SlowGate();
    verdicts = new ReadVerdicts(gate);
  });
  afterEach(() => {
    verdicts.dispose();
    gate.changed.dispose();
  });

  it('is what the newest question was answered, also where an older one is answered later', async () => {
    const older = verdicts.judge(file);
    const newer = verdicts.judge(file);
    gate.answers[1]?.(false);
    await newer;
    gate.answers[0]?.(true);
    await older;
    assert.equal(verdicts.of(file), 'private');
  });

  it('is not known from before what is private has changed', async () => {
    const before = verdicts.judge(file);
    gate.changed.fire();
    gate.answers[0]?.(true);
    await before;
    assert.equal(verdicts.of(file), 'unknown');
    assert.equal(gate.answers.length, 2, 'it is asked anew');
  });
});
