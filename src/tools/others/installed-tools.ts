import * as vscode from 'vscode';
import type { OthersSetting } from '../../settings/schema.ts';
import '../../protocol/zod.ts';
import * as z from 'zod';

/** So many declarations more are still few beside our own; each costs tokens in every session. */
const MAX_TOOLS = 40;

/** How VS Code names the tools of MCP servers. */
const OF_MCP = /^mcp_/;

/**
 * The tools that the person lets in. `*` means what they installed: VS Code's own tools are made for its own chat, and act
 * where neither its rules nor ours hold, so they are let in by name only.
 */
export function installedTools(setting: OthersSetting): readonly vscode.LanguageModelToolInformation[] {
  const { tools } = vscode.lm;
  if (setting !== 'all') return tools.filter(({ name }) => setting.includes(name)).slice(0, MAX_TOOLS);
  const contributed = toolsOfExtensions();
  return tools.filter(({ name }) => OF_MCP.test(name) || contributed.has(name)).slice(0, MAX_TOOLS);
}

/** What installed extensions promise in their package.json; those that come with VS Code are not counted. */
function toolsOfExtensions(): ReadonlySet<string> {
  const names = new Set<string>();
  for (const extension of vscode.extensions.all) {
    // VS Code types package.json as any; only what is looked at below is believed.
    const manifest = extension.packageJSON as {
      readonly isBuiltin?: unknown;
      readonly contributes?: { readonly languageModelTools?: unknown };
    };
    const tools: unknown = manifest.contributes?.languageModelTools;
    if (manifest.isBuiltin === true || !Array.isArray(tools)) continue;
    for (const tool of tools as readonly unknown[]) {
      if (typeof tool === 'object' && tool !== null && 'name' in tool && typeof tool.name === 'string') {
        names.add(tool.name);
      }
    }
  }
  return names;
}

/** Most characters of a function's name that Live models take. */
const MAX_LENGTH = 64;
const PREFIX = 'other_';

/**
 * Names under which tools of others are offered: letters, digits and underscores, none twice, none like one of ours.
 *
 * @returns in the order of `names`
 */
export function safeNames(names: readonly string[]): readonly string[] {
  const taken = new Set<string>();
  return names.map((name) => {
    const plain = `${PREFIX}${name.replace(/\W/g, '_')}`.slice(0, MAX_LENGTH);
    let safe = plain;
    for (let count = 2; taken.has(safe); count += 1) safe = `${plain.slice(0, MAX_LENGTH - 4)}_${count}`;
    taken.add(safe);
    return safe;
  });
}

/**
 * Checks what the model hands to a tool of another extension against the schema that it declares, as far as that is one that
 * can be read; the tool itself has the last word.
 *
 * @returns what is wrong, or nothing
 */
export function inputComplaint(schema: object | undefined, input: unknown): string | undefined {
  if (typeof input !== 'object' || input === null || Array.isArray(input)) return 'the arguments must be an object';
  const known = schema === undefined ? undefined : readable(schema);
  const read = known?.safeParse(input);
  return read === undefined || read.success ? undefined : z.prettifyError(read.error);
}

/** Every text in it, however deep. */
export function textsIn(input: unknown): readonly string[] {
  if (typeof input === 'string') return [input];
  if (typeof input !== 'object' || input === null) return [];
  return Object.entries(input).flatMap(([key, value]) => [key, ...textsIn(value)]);
}

function readable(schema: object): z.ZodType | undefined {
  try {
    // Typed as JSON Schema; what is none is refused there.
    return z.fromJSONSchema(schema as Parameters<typeof z.fromJSONSchema>[0]);
  } catch {
    return undefined;
  }
}
