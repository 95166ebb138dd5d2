import '../protocol/zod.ts';
import * as z from 'zod';
import { pageOf, shortLine } from './budget.ts';
import { fileText, linesOf } from './file-text.ts';
import type { Gate } from '../gate/gate.ts';
import { shown } from './shown-path.ts';
import { failed, tool, type Tool, type ToolResult } from './tool.ts';

const line = z.number().int().min(1);

/** Reads a file of the workspace, or lines of it. */
export function readFile(gate: Gate): Tool {
  return tool({
    name: 'read_file',
    kind: 'read',
    description:
      'Reads a text file of the workspace, with line numbers. Call it before you say anything about code that you have not seen, and give from and to when you know which part you need. What the person has typed and not saved yet is what you get, and "unsaved" says so. A long file comes in parts: "continueFrom" is the line to go on from. Secrets are masked.',
    schema: z.object({
      path: z.string().describe('Relative to the workspace, as src/cart.ts.'),
      from: line.optional().describe('First line, from 1.'),
      to: line.optional().describe('Last line, itself included.'),
    }),
    line: ({ path, from, to }) => ({ text: `Read ${shown(path)}${from === undefined ? '' : range(from, to)}` }),
    async run({ path, from = 1, to = Infinity }, { signal }) {
      const admitted = await gate.readable(path, signal);
      if ('refused' in admitted) return failed(admitted.refused);
      const read = await fileText(admitted.uri);
      if ('problem' in read) return failed(`${admitted.path} ${read.problem}`);
      return part(admitted.path, linesOf(gate.mask(read.text)), from, to, read.unsaved);
    },
  });
}

function part(path: string, lines: readonly string[], from: number, to: number, unsaved: boolean): ToolResult {
  if (to < from) return failed(`"to" is before "from": line ${to} comes before line ${from}.`);
  if (from > Math.max(1, lines.length)) return failed(`${path} ends at line ${lines.length}.`);
  const numbered = lines.slice(0, to).map((text, i) => `${i + 1}\t${shortLine(text)}`);
  const { items, continueFrom } = pageOf(numbered, from - 1, (text) => text.length + 1);
  const last = from - 1 + items.length;
  return {
    response: {
      status: 'ok',
      path,
      lines: lines.length,
      ...(unsaved && { unsaved: true }),
      text: items.join('\n'),
      ...(continueFrom !== undefined && { continueFrom: continueFrom + 1 }),
    },
    line:
      items.length === 0 || (from === 1 && last === lines.length)
        ? { text: `Read ${shown(path)}`, opens: { path } }
        : { text: `Read ${shown(path)}${range(from, last)}`, opens: { path, line: from, endLine: last } },
  };
}

function range(from: number, to: number | undefined): string {
  if (to === undefined) return ` from ${from}`;
  return to === from ? ` ${from}` : ` ${from} to ${to}`;
}
