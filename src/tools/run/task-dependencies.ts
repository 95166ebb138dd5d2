import * as vscode from 'vscode';
import type { NamedTask } from './named-task.ts';

/** More than that is a mistake in tasks.json. */
const MAX_DEPENDENCIES = 20;

/**
 * The tasks that VS Code runs before this one. Its API does not tell them, so they are read from the settings of tasks, where
 * they are named by label.
 */
export function dependenciesOf(task: vscode.Task, tasks: readonly NamedTask[]): readonly vscode.Task[] {
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
export function unresolvedOf(task: vscode.Task, tasks: readonly NamedTask[]): readonly string[] {
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
