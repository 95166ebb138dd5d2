import * as vscode from 'vscode';
import { pageOf, shortLine } from '../budget.ts';

/** Parts nested deeper are not text that a person wrote. */
const MAX_DEPTH = 50;

/** What a tool of another extension returned, as text. Pictures and the like are named, not shown. */
export function resultText(content: readonly unknown[]): string {
  return content.map(partText).join('\n').trim();
}

/** As many lines as fit, and how many do not. */
export function boundedText(text: string): { readonly text: string; readonly leftOut?: string } {
  const lines = text.split('\n').map((line) => shortLine(line));
  const { items, continueFrom } = pageOf(lines, 0, (line) => line.length + 1);
  if (continueFrom === undefined) return { text: items.join('\n') };
  const leftOut = `${lines.length - continueFrom} of ${lines.length} lines did not fit. Ask the tool for less.`;
  return { text: items.join('\n'), leftOut };
}

function partText(part: unknown): string {
  if (part instanceof vscode.LanguageModelTextPart) return part.value;
  if (part instanceof vscode.LanguageModelPromptTsxPart) return promptText(part.value, 0);
  if (part instanceof vscode.LanguageModelDataPart) {
    const { data, mimeType } = part;
    if (/^text\/|[/+](json|xml|yaml)\b/.test(mimeType)) return new TextDecoder().decode(data);
    return `(${mimeType}, ${data.byteLength} bytes, cannot be shown here)`;
  }
  return '';
}

/** The texts of a prompt element, in order: a tree of JSON whose leaves have `text`. */
function promptText(node: unknown, depth: number): string {
  if (typeof node === 'string') return node;
  if (typeof node !== 'object' || node === null || depth > MAX_DEPTH) return '';
  const breaks = 'lineBreakBefore' in node && node.lineBreakBefore !== undefined && node.lineBreakBefore !== false;
  const own = 'text' in node && typeof node.text === 'string' ? node.text : '';
  const children: readonly unknown[] = 'children' in node && Array.isArray(node.children) ? node.children : [];
  const inner = 'node' in node ? promptText(node.node, depth + 1) : '';
  return `${breaks ? '\n' : ''}${own}${children.map((child) => promptText(child, depth + 1)).join('')}${inner}`;
}
