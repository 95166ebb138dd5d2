import * as vscode from 'vscode';
import { TalkRig } from '../../test/extension/talk-rig.ts';
import { readFile } from '../../src/tools/read-file.ts';
import { searchText } from '../../src/tools/search-text.ts';
import type { Tool } from '../../src/tools/tool.ts';
import type { Json, PeerConnection } from '../../test/unit/live/peer.ts';

const READ_GOAL_MS = 50;
const SEARCH_GOAL_MS = 500;
const READS = 100;
const SEARCHES = 7;

/** Many lines, none at all, and an expression with a few: the last two look through everything. */
const SEARCHES_OF: Readonly<Record<string, Json>> = {
  'of what is everywhere': { query: 'export' },
  'of what is nowhere': { query: 'there is no such text' },
  'by an expression': { query: String.raw`function \w+Issue\(`, regex: true },
};

/** Milliseconds from the call on the service's side of the socket to its answer there. */
async function roundTrip(service: PeerConnection, id: string, name: string, args: Json): Promise<number> {
  const startedMs = performance.now();
  service.say({ toolCall: { functionCalls: [{ id, name, args }] } });
  const answer = await service.hears('toolResponse');
  const tookMs = performance.now() - startedMs;
  if (!JSON.stringify(answer).includes('"status":"ok"')) throw new Error(JSON.stringify(answer).slice(0, 500));
  return tookMs;
}

async function withTools<Result>(
  tools: (rig: TalkRig) => readonly Tool[],
  measure: (service: PeerConnection, rig: TalkRig) => Promise<Result>,
): Promise<Result> {
  const rig = await TalkRig.open();
  try {
    rig.tools = tools(rig);
    return await measure(await rig.live(), rig);
  } finally {
    await rig.close();
  }
}

function report(what: string, tookMs: readonly number[], goalMs?: number): boolean {
  const sorted = tookMs.toSorted((a, b) => a - b);
  const median = sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
  const isMet = goalMs === undefined || median <= goalMs;
  const verdict = goalMs === undefined ? '' : `; goal ${goalMs} ms: ${isMet ? 'met' : 'MISSED'}`;
  const worst = sorted.at(-1) ?? Number.NaN;
  console.log(
    `${what}: median ${median.toFixed(1)} ms, first ${(tookMs[0] ?? 0).toFixed(1)} ms, worst ${worst.toFixed(1)} ms${verdict}`,
  );
  return isMet;
}

/** @throws when a goal is missed */
export async function run(): Promise<void> {
  const files = await vscode.workspace.findFiles('**/*');
  console.log(`${files.length} files`);
  const met: boolean[] = [];

  const reads = await withTools(
    (rig) => [readFile(rig.gate)],
    async (service) => {
      const tookMs: number[] = [];
      // Each asks for other lines, because what was read in a turn is remembered.
      for (let i = 0; i < READS; i += 1)
        tookMs.push(await roundTrip(service, `read-${i}`, 'read_file', { path: 'thousand.ts', from: 1 + i }));
      return tookMs;
    },
  );
  met.push(report('read_file, 1,000 lines', reads, READ_GOAL_MS));

  for (const engine of ['ripgrep', 'scan'] as const) {
    for (const [what, args] of Object.entries(SEARCHES_OF)) {
      const searches = await withTools(
        (rig) => [engine === 'ripgrep' ? searchText(rig.gate) : searchText(rig.gate, () => Promise.resolve(undefined))],
        async (service) => {
          const tookMs: number[] = [];
          // A glob that lets all in makes each another call.
          for (let i = 0; i < SEARCHES; i += 1)
            tookMs.push(
              await roundTrip(service, `search-${i}`, 'search_text', { ...args, glob: `${'./'.repeat(i)}**` }),
            );
          return tookMs;
        },
      );
      met.push(report(`search_text ${what}, ${engine}`, searches, engine === 'ripgrep' ? SEARCH_GOAL_MS : undefined));
    }
  }
  if (met.includes(false)) throw new Error('A goal was missed.');
}
