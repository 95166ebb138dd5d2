import '../protocol/zod.ts';
import * as z from 'zod';
import type { Gate } from '../gate/gate.ts';
import { SECRET_MASK } from '../gate/secrets.ts';
import { filesNamed, proposedPlace } from './proposal/proposal.ts';
import type { Proposals } from './proposal/proposals.ts';
import { firstChangedLine, type WantedFile } from './proposal/proposed-file.ts';
import { failed, tool, type Tool } from './tool.ts';

const MAX_FILES = 20;
const MAX_EDITS = 50;
const MAX_TEXT_LENGTH = 50_000;

/** Diffs are opened one after the other, which takes a busy machine a while. */
export const PROPOSING_LIMIT_MS = 30_000;

/** What the model is told while the person reads. */
export const WAITING = 'shown to the person, waiting for their decision';

const edit = z.object({
  find: z
    .string()
    .max(MAX_TEXT_LENGTH)
    .describe('Text exactly as it stands in the file, with its indentation and without line numbers.'),
  replace: z.string().max(MAX_TEXT_LENGTH).describe('What stands there instead; empty to remove it.'),
  all: z.boolean().optional().describe('Replace every occurrence. Otherwise find must occur exactly once.'),
});

/** Changes in files that exist: seen in VS Code's diff editor, written only when the person accepts. */
export function proposeEdit(gate: Pick<Gate, 'writable' | 'mask'>, proposals: Proposals): Tool {
  return tool({
    name: 'propose_edit',
    kind: 'change',
    description:
      'Proposes changes in one or several files. Call it whenever the person asks for a change; read the files first. The person sees the change as a diff and accepts or discards it: nothing is written before, so never say that it is done. A note tells you what they decide. Each find is looked for in the file as it is now, unsaved changes included; if one does not fit, nothing is proposed and you are told the nearest lines.',
    timeLimitMs: PROPOSING_LIMIT_MS,
    schema: z.object({
      files: z
        .array(z.object({ path: z.string().min(1), edits: z.array(edit).min(1).max(MAX_EDITS) }))
        .min(1)
        .max(MAX_FILES)
        .describe('All files of one change, each with its path relative to the workspace.'),
      summary: z.string().min(1).max(200).describe('What the change is for, in at most ten words.'),
    }),
    line: ({ files, summary }) => {
      const [{ path } = { path: '' }] = files;
      const named = files.length === 1 ? path : `${files.length} files`;
      return { text: `Proposed a change of ${named}: ${summary}`, opens: { path } };
    },
    async run({ files, summary }, { signal }) {
      if (files.some(({ edits }) => edits.some(({ replace }) => replace.includes(SECRET_MASK)))) {
        return failed(
          `${SECRET_MASK} stands for a secret that you are not shown. Leave its line out of find and replace, so that it stays.`,
          true,
        );
      }
      const wanted: WantedFile[] = [];
      for (const { path, edits } of files) {
        const place = await gate.writable(path, signal);
        if ('refused' in place) return failed(place.refused);
        const known = wanted.findIndex(({ uri }) => uri.toString() === place.uri.toString());
        const before = wanted[known];
        if (before?.kind === 'edit') wanted[known] = { ...before, edits: [...before.edits, ...edits] };
        else wanted.push({ kind: 'edit', uri: place.uri, path: place.path, edits });
      }
      const proposal = await proposals.propose(summary, wanted, signal);
      if ('misses' in proposal) return failed(proposal.misses, true);
      const changed = proposal.files.map((file) => ({
        path: file.wanted.path,
        fromLine: firstChangedLine(file),
        places: file.replacements.length,
      }));
      const [first] = changed;
      return {
        response: { status: 'ok', proposal: WAITING, files: changed },
        ...(first !== undefined && {
          line: {
            text: `Proposed a change of ${filesNamed(proposal)}: ${summary}`,
            opens: proposedPlace(proposal, { path: first.path, line: first.fromLine }),
          },
        }),
      };
    },
  });
}
