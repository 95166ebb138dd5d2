// Loaded by mocha before the journeys: after a failure it saves what every open window showed and logged, and at the
// end it closes what a journey left open.
import type { Context, RootHookObject } from 'mocha';
import { windowsStillOpen } from './vscode-window.ts';

export const mochaHooks: RootHookObject = {
  async afterEach(this: Context): Promise<void> {
    if (this.currentTest?.state !== 'failed') return;
    for (const window of windowsStillOpen()) {
      const paths = await window.saveEvidence(`failed-${this.currentTest.title.slice(0, 60)}`);
      console.log(`      evidence: ${paths.join(', ')}`);
    }
  },
  async afterAll(): Promise<void> {
    for (const window of windowsStillOpen()) await window.close();
  },
};
