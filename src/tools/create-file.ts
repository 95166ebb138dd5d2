import '../protocol/zod.ts';
import * as z from 'zod';
import type { Gate } from '../gate/gate.ts';
import { SECRET_MASK } from '../gate/secrets.ts';
import { proposedPlace } from './proposal/proposal.ts';
import type { Proposals } from './proposal/proposals.ts';
import { PROPOSING_LIMIT_MS, WAITING } from './propose-edit.ts';
import { failed, tool, type Tool } from './tool.ts';

const MAX_CONTENT_LENGTH = 200_000;

const newFileLine = (path: string): string => `Proposed the new file ${path}`;

/** A new file: seen in VS Code's diff editor beside nothing, written only when the person accepts. */
export function createFile(gate: Pick<Gate, 'writable'>, proposals: Proposals): Tool {
  return tool({
    name: 'create_file',
    kind: 'change',
    description:
      'Proposes a new file. The person sees it and accepts or discards it: nothing is written before, so never say that it is done. A note tells you what they decide. A file that exists already is never overwritten: use propose_edit for it.',
    timeLimitMs: PROPOSING_LIMIT_MS,
    schema: z.object({
      path: z.string().min(1).describe('Where, relative to the workspace. Folders that are missing are made.'),
      content: z.string().max(MAX_CONTENT_LENGTH).describe('All of its text.'),
    }),
    line: ({ path }) => ({ text: newFileLine(path), opens: { path } }),
    async run({ path, content }, { signal }) {
      if (content.includes(SECRET_MASK)) {
        return failed(`${SECRET_MASK} stands for a secret that you are not shown: it cannot be written.`);
      }
      const place = await gate.writable(path, signal);
      if ('refused' in place) return failed(place.refused);
      const wanted = { kind: 'create', uri: place.uri, path: place.path, text: content } as const;
      const proposal = await proposals.propose(`New file ${place.path}`, [wanted], signal);
      if ('misses' in proposal) return failed(proposal.misses, true);
      return {
        response: { status: 'ok', proposal: WAITING, path: place.path },
        line: { text: newFileLine(place.path), opens: proposedPlace(proposal, { path: place.path }) },
      };
    },
  });
}
