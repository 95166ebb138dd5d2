import '../protocol/zod.ts';
import * as vscode from 'vscode';
import * as z from 'zod';
import { problemLine, problemsIn } from '../editor/describe-problems.ts';
import { pageOf } from './budget.ts';
import type { Gate } from '../gate/gate.ts';
import { continueFromArgument } from './language/symbol-arguments.ts';
import { shown } from './shown-path.ts';
import { failed, tool, type Tool } from './tool.ts';

/** Files that are asked about at the gate, each of which may look at the disk. */
const MAX_FILES = 200;

/** What language servers and linters complain about. */
export function problems(gate: Gate): Tool {
  return tool({
    name: 'problems',
    kind: 'read',
    fleeting: true,
    description:
      'Lists the errors and warnings that VS Code shows, of one file or of all, errors first. Language servers mostly check files that are open in an editor: of others, none may be known.',
    schema: z.object({
      path: z.string().min(1).optional().describe('Workspace-relative path of one file; leave it out for all.'),
      continueFrom: continueFromArgument,
    }),
    line: ({ path }) =>
      path === undefined
        ? { text: 'Looked at the problems' }
        : { text: `Looked at the problems of ${shown(path)}`, opens: { path } },
    async run({ path, continueFrom = 0 }, { signal }) {
      const files = path === undefined ? await filesWithProblems(gate) : await oneFile(gate, path, signal);
      if (typeof files === 'string') return failed(files);
      const found = files
        .flatMap((file) => problemsIn(file.uri).map((problem) => ({ problem, path: file.path })))
        .toSorted((a, b) => a.problem.severity - b.problem.severity);
      const lines = found.map((one) => `${one.path} ${problemLine(gate, one.problem)}`);
      const page = pageOf(lines, continueFrom, (line) => line.length + 1);
      const errors = found.filter(({ problem }) => problem.severity === vscode.DiagnosticSeverity.Error).length;
      return {
        response: {
          status: 'ok',
          total: found.length,
          errors,
          problems: page.items.join('\n'),
          ...(page.continueFrom !== undefined && { continueFrom: page.continueFrom }),
          ...(found.length === 0 &&
            path !== undefined &&
            !isOpen(files[0]?.uri) && {
              note: `${path} is not open in an editor, so it may not have been checked. open_file opens it.`,
            }),
        },
      };
    },
  });
}

interface CheckedFile {
  readonly uri: vscode.Uri;
  readonly path: string;
}

async function oneFile(gate: Gate, path: string, signal: AbortSignal): Promise<readonly CheckedFile[] | string> {
  const found = await gate.readable(path, signal);
  return 'refused' in found ? found.refused : [found];
}

async function filesWithProblems(gate: Gate): Promise<readonly CheckedFile[]> {
  const uris = vscode.languages
    .getDiagnostics()
    .map(([uri]) => uri)
    .filter((uri) => !gate.isExcludedName(uri) && problemsIn(uri).length > 0)
    .slice(0, MAX_FILES);
  const allowed = await Promise.all(uris.map((uri) => gate.mayRead(uri)));
  return uris.flatMap((uri, i) => {
    const path = gate.relative(uri);
    return allowed[i] === true && path !== undefined ? [{ uri, path }] : [];
  });
}

function isOpen(uri: vscode.Uri | undefined): boolean {
  return vscode.window.tabGroups.all.some(({ tabs }) =>
    tabs.some(({ input }) => input instanceof vscode.TabInputText && input.uri.toString() === uri?.toString()),
  );
}
