import * as vscode from 'vscode';
import type { Gate } from '../gate/gate.ts';
import type { ShownText } from './shown-editor.ts';
import { inOneLine } from './quoted-lines.ts';

const SEVERITIES = ['error', 'warning', 'information', 'hint'] as const;

const MAX_MESSAGE_LENGTH = 300;

/** Errors first, then from top to bottom. Hints (what is not used, what could be shorter) are no problems. */
export function problemsIn(uri: vscode.Uri): readonly vscode.Diagnostic[] {
  return vscode.languages
    .getDiagnostics(uri)
    .filter(({ severity }) => severity !== vscode.DiagnosticSeverity.Hint)
    .toSorted((a, b) => a.severity - b.severity || a.range.start.compareTo(b.range.start));
}

export function severityName({ severity }: vscode.Diagnostic): (typeof SEVERITIES)[number] {
  return SEVERITIES[severity];
}

/** `line 12 error: Type 'string' is not assignable to type 'number'. (ts 2322)` */
export function problemLine(gate: Pick<Gate, 'mask'>, problem: vscode.Diagnostic): string {
  const message = inOneLine(gate.mask(problem.message), MAX_MESSAGE_LENGTH);
  const source = [problem.source, codeOf(problem)].filter((part) => part !== undefined && part !== '').join(' ');
  return `line ${problem.range.start.line + 1} ${severityName(problem)}: ${message}${source === '' ? '' : ` (${source})`}`;
}

/** @param budget UTF-16 units */
export function describeProblems(
  gate: Pick<Gate, 'mask'>,
  { editor, path }: ShownText,
  budget: number,
): string | undefined {
  const problems = problemsIn(editor.document.uri);
  if (problems.length === 0) return undefined;
  const count = (severity: vscode.DiagnosticSeverity): number =>
    problems.filter((problem) => problem.severity === severity).length;
  const [errors, warnings] = [count(vscode.DiagnosticSeverity.Error), count(vscode.DiagnosticSeverity.Warning)];
  const heading = `Problems in ${path}: ${errors} errors, ${warnings} warnings, ${problems.length - errors - warnings} others.`;
  const lines: string[] = [];
  let left = budget - heading.length - 40;
  for (const problem of problems) {
    const line = problemLine(gate, problem);
    if (line.length + 1 > left) break;
    left -= line.length + 1;
    lines.push(line);
  }
  const missing = problems.length - lines.length;
  return [heading, ...lines, ...(missing > 0 ? [`(${missing} more; the tool problems has them)`] : [])].join('\n');
}

function codeOf({ code }: vscode.Diagnostic): string | undefined {
  if (code === undefined) return undefined;
  return String(typeof code === 'object' ? code.value : code);
}
