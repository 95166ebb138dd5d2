/** Ends of the names of files that are one Mermaid diagram, without the dot. */
export const MERMAID_EXTENSIONS: readonly string[] = ['mmd', 'mermaid'];

export interface MermaidBlock {
  readonly text: string;
  /** Lines of the opening and the closing fence, from 0. */
  readonly firstLine: number;
  readonly lastLine: number;
}

const OPENING = /^ {0,3}(`{3,}|~{3,}|:{3,})\s*\{?\.?mermaid\b/i;

/**
 * The Mermaid diagrams of a Markdown text, in fences of backticks or tildes (CommonMark) or colons (Azure DevOps). A fence
 * that is not closed yet goes to the end of the text.
 */
export function mermaidBlocks(markdown: string): MermaidBlock[] {
  const lines = markdown.split(/\r?\n/);
  const blocks: MermaidBlock[] = [];
  for (let line = 0; line < lines.length; line += 1) {
    const fence = /^ {0,3}(`{3,}|~{3,}|:{3,})/.exec(lines[line] ?? '')?.[1];
    if (fence === undefined) continue;
    const end = closingLine(lines, line, fence);
    // Other fences are passed over whole: what looks like a diagram inside an example is none.
    if (OPENING.test(lines[line] ?? '')) {
      blocks.push({ text: lines.slice(line + 1, end).join('\n'), firstLine: line, lastLine: end });
    }
    line = end;
  }
  return blocks;
}

function closingLine(lines: readonly string[], opening: number, fence: string): number {
  const closing = new RegExp(`^ {0,3}${fence.charAt(0)}{${fence.length},}\\s*$`);
  const found = lines.findIndex((line, index) => index > opening && closing.test(line));
  return found < 0 ? lines.length : found;
}

/**
 * The diagrams that are meant: the one the cursor stands in, else all of them.
 *
 * @param cursorLine from 0; absent where there is no cursor, as in a preview
 * @returns Mermaid source, diagrams parted by an empty line; nothing when there is none
 */
export function meantMermaid(markdown: string, cursorLine?: number): string | undefined {
  const blocks = mermaidBlocks(markdown);
  const meant = blocks.filter(
    ({ firstLine, lastLine }) => cursorLine !== undefined && firstLine <= cursorLine && cursorLine <= lastLine,
  );
  const text = (meant.length > 0 ? meant : blocks).map((block) => block.text).join('\n\n');
  return text.trim() === '' ? undefined : text;
}
