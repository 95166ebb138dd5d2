import type { ShownText } from './editor-description.ts';
import { linesAround, type MaskedLines } from './quoted-lines.ts';

interface VisiblePlan {
  readonly shown: ShownText;
  readonly lines: MaskedLines;
  readonly beside: readonly ShownText[];
  /** UTF-16 units for quoted lines; 0: they are only numbered. */
  readonly budget: number;
}

/** Less than a few lines are of no use. UTF-16 units. */
const MIN_QUOTED = 120;
const MAX_BESIDE = 3;

/** What can be seen without scrolling: the lines around the cursor if it is among them. */
export function describeVisible({ shown, lines, beside, budget }: VisiblePlan): string | undefined {
  const seen = visibleLines(shown);
  if (seen === undefined) return undefined;
  const others = beside.slice(0, MAX_BESIDE).flatMap((other) => {
    const range = visibleLines(other);
    return range === undefined
      ? []
      : [`Visible beside it: ${other.path}, lines ${range.first + 1} to ${range.last + 1}.`];
  });
  const heading = `Visible of ${shown.path}: lines ${seen.first + 1} to ${seen.last + 1}.`;
  const left = budget - heading.length - others.join('\n').length - 80;
  if (left < MIN_QUOTED) return [heading, ...others].join('\n');
  const cursor = shown.editor.selection.active.line;
  const around = cursor >= seen.first && cursor <= seen.last ? cursor : seen.first;
  const quoted = linesAround(lines, { ...seen, around }, left);
  const isWhole = quoted.first === seen.first && quoted.last === seen.last;
  const which = isWhole ? heading : `${heading} Of these, ${quoted.first + 1} to ${quoted.last + 1}:`;
  return [...(quoted.text === '' ? [heading] : [which, quoted.text]), ...others].join('\n');
}

/** From the first to the last line that can be seen, from 0. What is folded in between counts as seen. */
function visibleLines({ editor }: ShownText): { readonly first: number; readonly last: number } | undefined {
  const { visibleRanges, document } = editor;
  const first = visibleRanges[0]?.start.line;
  const last = visibleRanges.at(-1)?.end.line;
  if (first === undefined || last === undefined) return undefined;
  return { first, last: Math.min(last, document.lineCount - 1) };
}
