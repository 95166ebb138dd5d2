import '../protocol/zod.ts';
import * as z from 'zod';
import type { Entry } from '../protocol/conversation.ts';

const status = z.enum(['open', 'done', 'interrupted']);
const common = { id: z.string().min(1).max(200), atMs: z.number(), text: z.string() };
/** Lines from 1. */
const line = z.number().int().min(1);
/** They become links, and the file is one that anybody can write. */
const webAddress = z.url({ protocol: /^https$/ }).max(2_000);

const entry = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('person'), ...common, via: z.enum(['voice', 'text']), status }),
  z.object({ kind: z.literal('reply'), ...common, heardLength: z.number().int().min(0), status }),
  z.object({ kind: z.literal('notice'), ...common }),
  z.object({
    kind: z.literal('tool'),
    ...common,
    status: z.enum(['running', 'done', 'failed']),
    opens: z
      .object({ path: z.string().min(1).max(4_000), line: line.exactOptional(), endLine: line.exactOptional() })
      .exactOptional(),
  }),
  z.object({
    kind: z.literal('sources'),
    ...common,
    links: z.array(z.object({ title: z.string().max(500), uri: webAddress })).max(50),
    searches: z.array(z.string().max(500)).max(50),
  }),
]);

const file = z.object({ version: z.literal(1), sessionOpen: z.boolean(), entries: z.array(z.unknown()) });

/** The conversation as it lies on disk. */
export function writeKept(entries: readonly Entry[], sessionOpen: boolean): Uint8Array {
  return new TextEncoder().encode(JSON.stringify({ version: 1, sessionOpen, entries }));
}

/**
 * Reads what `writeKept` wrote. What was still open when it was written was cut off by the window's end: of a reply, only
 * what was heard stays, and what a tool was at has come to nothing. An entry that is none is left out, the others stay.
 * `cutOff`: a session was going on. Throws when it is not such a file.
 */
export function readKept(bytes: Uint8Array): { entries: Entry[]; cutOff: boolean } {
  const kept = file.parse(JSON.parse(new TextDecoder().decode(bytes)));
  const read = kept.entries.flatMap((one) => entry.safeParse(one).data ?? []);
  const entries = read.map((one): Entry => {
    if (one.kind === 'tool')
      return one.status === 'running' ? { ...one, text: `${one.text}: cut off`, status: 'failed' } : one;
    if (one.kind === 'notice' || one.kind === 'sources' || one.status !== 'open') return one;
    if (one.kind === 'person') return { ...one, status: 'done' };
    const text = one.text.slice(0, one.heardLength);
    return { ...one, text, heardLength: text.length, status: 'interrupted' };
  });
  return { entries: entries.filter(({ kind, text }) => text !== '' || kind === 'sources'), cutOff: kept.sessionOpen };
}
