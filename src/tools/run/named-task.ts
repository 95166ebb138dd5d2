import { createHash } from 'node:crypto';
import * as vscode from 'vscode';
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

/** More than that is a mistake in tasks.json. */
const MAX_DEPENDENCIES = 20;

/**
 * The tasks that VS Code runs before this one. Its API does not tell them, so they are read from the settings of tasks, where
 * they are named by label.
 */
function dependenciesOf(task: vscode.Task, tasks: readonly NamedTask[]): readonly vscode.Task[] {
  const settings = tasksInSettings(task.scope);
  const found: vscode.Task[] = [];
  const follow = (name: string): void => {
    for (const label of dependsOn(settings, name)) {
      const next = tasks.find((other) => other.label === label || other.task.name === label)?.task;
      if (next === undefined || next === task || found.includes(next) || found.length >= MAX_DEPENDENCIES) continue;
      follow(label);
      if (!found.includes(next)) found.push(next);
    }
  };
  follow(task.name);
  return found;
}

/**
 * What the settings say of this task and of those before it, as far as it cannot be told as command lines: dependencies that
 * are no label of a known task, an environment or a shell of their own. Shown as it stands; a task with such is asked about
 * every time.
 */
function unresolvedOf(task: vscode.Task, tasks: readonly NamedTask[]): readonly string[] {
  const settings = tasksInSettings(task.scope);
  const names = new Set([task.name, ...dependenciesOf(task, tasks).map(({ name }) => name)]);
  const known = new Set(tasks.flatMap(({ label, task: { name } }) => [label, name]));
  return settings.flatMap((setting) => {
    if (typeof setting !== 'object' || setting === null || !names.has(nameIn(setting) ?? '')) return [];
    const dependsOn = 'dependsOn' in setting ? [setting.dependsOn].flat() : [];
    const unknown = dependsOn.filter((one) => typeof one !== 'string' || !known.has(one));
    const options: unknown = 'options' in setting ? setting.options : undefined;
    const special = [
      ...(unknown.length > 0 ? [`before it: ${JSON.stringify(unknown)}`] : []),
      ...(options !== undefined ? [`with: ${JSON.stringify(options)}`] : []),
    ];
    return special;
  });
}

function nameIn(setting: object): string | undefined {
  const name: unknown = 'label' in setting ? setting.label : 'taskName' in setting ? setting.taskName : undefined;
  return typeof name === 'string' ? name : undefined;
}

function tasksInSettings(scope: vscode.Task['scope']): readonly unknown[] {
  const folder = typeof scope === 'object' ? scope.uri : null;
  const tasks: unknown = vscode.workspace.getConfiguration('tasks', folder).get('tasks');
  return Array.isArray(tasks) ? tasks : [];
}

function dependsOn(settings: readonly unknown[], name: string): readonly string[] {
  for (const setting of settings) {
    if (typeof setting !== 'object' || setting === null || !('dependsOn' in setting)) continue;
    const label = 'label' in setting ? setting.label : 'taskName' in setting ? setting.taskName : undefined;
    if (label === name) return [setting.dependsOn].flat().filter((one) => typeof one === 'string');
  }
  return [];
}
