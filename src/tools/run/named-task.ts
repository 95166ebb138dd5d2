import { createHash } from 'node:crypto';
import * as vscode from 'vscode';
import { dependenciesOf, unresolvedOf } from './task-dependencies.ts';
import { packageScripts } from './package-scripts.ts';

/** A task as the person knows it, and what it does. */
export interface NamedTask {
  readonly task: vscode.Task;
  /** As VS Code's own list has it: `say hello`, `npm: test`. */
  readonly label: string;
}

export interface TaskDescription {
  /** Exactly what will run, and where. */
  readonly detail: string;
  /**
   * Changes with what it does, so that an allowed task is asked about again once it does something else; absent where that
   * cannot be told for certain: such a task is asked about every time.
   */
  readonly key?: string;
}

export async function knownTasks(): Promise<readonly NamedTask[]> {
  const tasks = await vscode.tasks.fetchTasks();
  return tasks.map((task) => ({ task, label: labelOf(task) }));
}

/** By its label, its name alone, or either in other letters; nothing where that is not one task. */
export function taskNamed(tasks: readonly NamedTask[], name: string): NamedTask | undefined {
  const wanted = name.trim();
  const lower = wanted.toLowerCase();
  const ways: readonly ((task: NamedTask) => boolean)[] = [
    ({ label }) => label === wanted,
    ({ task }) => task.name === wanted,
    ({ label }) => label.toLowerCase() === lower,
    ({ task }) => task.name.toLowerCase() === lower,
  ];
  for (const way of ways) {
    const found = tasks.filter(way);
    if (found.length > 0) return found.length === 1 ? found[0] : undefined;
  }
  return undefined;
}

/** The task that tests this workspace: the one the person has set as such, else the first of its kind. */
export function testTask(tasks: readonly NamedTask[]): NamedTask | undefined {
  const tests = tasks.filter(({ task }) => task.group?.id === vscode.TaskGroup.Test.id);
  return tests.find(({ task }) => task.group?.isDefault === true) ?? tests[0];
}

export async function describeTask(named: NamedTask, tasks: readonly NamedTask[]): Promise<TaskDescription> {
  const before = dependenciesOf(named.task, tasks);
  const steps = await Promise.all([...before, named.task].map(stepOf));
  const unresolved = [...unresolvedOf(named.task, tasks), ...[...before, named.task].flatMap(surroundingsOf)];
  const detail = [steps.join('\n\nthen\n\n'), ...unresolved].join('\n');
  if (unresolved.length > 0) return { detail };
  const key = createHash('sha256')
    .update(JSON.stringify([folderOf(named.task)?.toString(), named.label, detail]))
    .digest('hex');
  return { detail, key: `${named.label} ${key}` };
}

async function stepOf(task: vscode.Task): Promise<string> {
  const lines = [commandOf(task) ?? `what the extension “${task.source}” does for the task “${task.name}”`];
  lines.push(...(await packageScripts(task.definition, folderOf(task))));
  const where = task.execution instanceof vscode.CustomExecution ? undefined : task.execution?.options?.cwd;
  const folder = folderOf(task);
  const shown =
    where ?? (folder === undefined ? undefined : folder.scheme === 'file' ? folder.fsPath : folder.toString(true));
  if (shown !== undefined) lines.push(`in ${shown}`);
  return lines.join('\n');
}

/** An environment or a shell of its own, which may change all that its command line means. */
function surroundingsOf({ execution }: vscode.Task): string[] {
  if (execution === undefined || execution instanceof vscode.CustomExecution) return [];
  const options = Object.entries(execution.options ?? {}).filter(
    ([name, value]) => name !== 'cwd' && value !== undefined,
  );
  return options.length === 0 ? [] : [`with: ${JSON.stringify(Object.fromEntries(options))}`];
}

/** Its command line, as far as VS Code tells it. */
function commandOf({ execution }: vscode.Task): string | undefined {
  if (execution instanceof vscode.ProcessExecution) {
    return [execution.process, ...execution.args]
      .map((word) => (/^[^\s"']+$/.test(word) ? word : JSON.stringify(word)))
      .join(' ');
  }
  if (!(execution instanceof vscode.ShellExecution)) return undefined;
  const words = [execution.command ?? '', ...(execution.args ?? [])].map((word) =>
    typeof word === 'string' ? word : word.value,
  );
  return execution.commandLine ?? words.join(' ');
}

function labelOf({ source, name }: vscode.Task): string {
  return source === 'Workspace' || source === '' ? name : `${source}: ${name}`;
}

function folderOf({ scope }: vscode.Task): vscode.Uri | undefined {
  if (typeof scope === 'object') return scope.uri;
  return vscode.workspace.workspaceFolders?.[0]?.uri;
}
