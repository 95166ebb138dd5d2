import * as vscode from 'vscode';
import type { Gate } from '../gate/gate.ts';
import type { OthersSetting } from '../settings/schema.ts';
import { readSettings } from '../settings/settings.ts';
import { tellingGate } from './telling-gate.ts';
import { askPerson, DECISION_LIMIT_MS } from './run/ask-person.ts';
import { privateFileNamed } from './run/named-files.ts';
import { failed, type Tool, type ToolContext, type ToolResult } from './tool.ts';
import { pageOf, shortLine } from './budget.ts';
import '../protocol/zod.ts';
import * as z from 'zod';

type OthersGate = Pick<Gate, 'confirm' | 'isExcludedName' | 'mask' | 'mayRead' | 'relative'>;

/** How long a tool of another extension may take once it is allowed. */
const RUN_LIMIT_MS = 60_000;
const MAX_DESCRIPTION_LENGTH = 1_000;
/** More than that nobody reads before they agree. */
const MAX_INPUT_LENGTH = 4_000;

const FROM_OTHERS = 'Of another extension or MCP server of the person; they are asked before it is called.';

/**
 * Tools that other extensions and MCP servers registered with VS Code, as far as the person's setting lets them in. They act
 * outside of the gate, so the person is asked each time with what is handed over, and what names a private file is refused.
 */
export function otherTools(gate: OthersGate, setting: OthersSetting = readSettings().toolsOfOthers): readonly Tool[] {
  const installed = installedTools(setting);
  const names = safeNames(installed.map(({ name }) => name));
  return installed.map((information, index) => otherTool(gate, information, names[index] ?? information.name));
}

function otherTool(gate: OthersGate, information: vscode.LanguageModelToolInformation, safeName: string): Tool {
  const { name, description, inputSchema } = information;
  return {
    name: safeName,
    description: `${FROM_OTHERS} ${description.slice(0, MAX_DESCRIPTION_LENGTH)}`,
    kind: 'run',
    timeLimitMs: DECISION_LIMIT_MS + RUN_LIMIT_MS,
    // As the other extension declared it: what is no JSON Schema is left out before it is sent.
    parameters: (inputSchema as Readonly<Record<string, unknown>> | undefined) ?? { type: 'object', properties: {} },
    prepare(args) {
      const complaint = inputComplaint(inputSchema, args);
      if (complaint !== undefined) return { complaint };
      // Checked above.
      const input = args as object;
      return {
        line: { text: `Called ${name}`, asking: `Asks to call ${name}` },
        run: (context) => call(gate, name, input, context),
      };
    },
  };
}

async function call(gate: OthersGate, name: string, input: object, context: ToolContext): Promise<ToolResult> {
  const { signal } = context;
  const shown = JSON.stringify(input, undefined, 2);
  if (shown.length > MAX_INPUT_LENGTH) return failed('That is too much for the person to read before they agree.');
  const folders = (vscode.workspace.workspaceFolders ?? []).map(({ uri }) => uri);
  const given = await privateFileNamed(textsIn(input).join('\n'), folders, async (uri) => {
    return gate.relative(uri) !== undefined && !(await gate.mayRead(uri));
  });
  if (given !== undefined) return failed(`${JSON.stringify(given)} is private, so it is not handed to another tool.`);
  const detail = `It is not part of Talkthrough. It is given:\n${shown}\n\nWhat it returns is sent to Gemini.`;
  const title = `Let Gemini call the tool “${name}”?`;
  const refused = await askPerson(
    tellingGate(gate, context, `Calls ${name}`),
    { kind: 'run', title, detail, button: 'Call' },
    signal,
  );
  if (refused !== undefined) return refused;
  const returned = await invoke(name, input, signal);
  if ('problem' in returned) return failed(gate.mask(returned.problem).slice(0, MAX_INPUT_LENGTH), true);
  const { text, leftOut } = boundedText(gate.mask(resultText(returned.content)));
  const named = await privateFileNamed(text, folders, (uri) => {
    return gate.relative(uri) !== undefined && gate.isExcludedName(uri);
  });
  if (named !== undefined) return failed('What it returned names a private file, so it is not told.');
  return { response: { status: 'ok', result: text, ...(leftOut !== undefined && { leftOut }) } };
}

async function invoke(
  name: string,
  input: object,
  signal: AbortSignal,
): Promise<{ readonly content: readonly unknown[] } | { readonly problem: string }> {
  const cancelling = new vscode.CancellationTokenSource();
  const bounded = AbortSignal.any([signal, AbortSignal.timeout(RUN_LIMIT_MS)]);
  const onAbort = (): void => cancelling.cancel();
  bounded.addEventListener('abort', onAbort, { once: true });
  if (bounded.aborted) onAbort();
  try {
    // No token: it is not called from VS Code's own chat.
    const options = { input, toolInvocationToken: undefined };
    const { content } = await vscode.lm.invokeTool(name, options, cancelling.token);
    return { content };
  } catch (cause) {
    if (bounded.aborted) return { problem: `It was stopped, or took longer than ${RUN_LIMIT_MS / 1_000} s.` };
    return { problem: `The tool failed: ${cause instanceof Error ? cause.message : String(cause)}` };
  } finally {
    bounded.removeEventListener('abort', onAbort);
    cancelling.dispose();
  }
}

/** Parts nested deeper are not text that a person wrote. */
const MAX_DEPTH = 50;

/** What a tool of another extension returned, as text. Pictures and the like are named, not shown. */
function resultText(content: readonly unknown[]): string {
  return content.map(partText).join('\n').trim();
}

/** As many lines as fit, and how many do not. */
function boundedText(text: string): { readonly text: string; readonly leftOut?: string } {
  const lines = text.split('\n').map((line) => shortLine(line));
  const { items, continueFrom } = pageOf(lines, 0, (line) => line.length + 1);
  if (continueFrom === undefined) return { text: items.join('\n') };
  const leftOut = `${lines.length - continueFrom} of ${lines.length} lines did not fit. Ask the tool for less.`;
  return { text: items.join('\n'), leftOut };
}

function partText(part: unknown): string {
  if (part instanceof vscode.LanguageModelTextPart) return part.value;
  if (part instanceof vscode.LanguageModelPromptTsxPart) return promptText(part.value, 0);
  if (isDataPart(part)) {
    const { data, mimeType } = part;
    if (/^text\/|[/+](json|xml|yaml)\b/.test(mimeType)) return new TextDecoder().decode(data);
    return `(${mimeType}, ${data.byteLength} bytes, cannot be shown here)`;
  }
  return '';
}

/** `vscode.LanguageModelDataPart`, by its shape: the oldest VS Code that is supported, 1.101, has no such class. */
function isDataPart(part: unknown): part is { readonly data: Uint8Array; readonly mimeType: string } {
  if (typeof part !== 'object' || part === null || !('data' in part && 'mimeType' in part)) return false;
  return part.data instanceof Uint8Array && typeof part.mimeType === 'string';
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

/** So many declarations more are still few beside our own; each costs tokens in every session. */
const MAX_TOOLS = 40;

/** How VS Code names the tools of MCP servers. */
const OF_MCP = /^mcp_/;

/**
 * The tools that the person lets in. `*` means what they installed: VS Code's own tools are made for its own chat, and act
 * where neither its rules nor ours hold, so they are let in by name only.
 */
function installedTools(setting: OthersSetting): readonly vscode.LanguageModelToolInformation[] {
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
function safeNames(names: readonly string[]): readonly string[] {
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
function inputComplaint(schema: object | undefined, input: unknown): string | undefined {
  if (typeof input !== 'object' || input === null || Array.isArray(input)) return 'the arguments must be an object';
  const known = schema === undefined ? undefined : readable(schema);
  const read = known?.safeParse(input);
  return read === undefined || read.success ? undefined : z.prettifyError(read.error);
}

/** Every text in it, however deep. */
function textsIn(input: unknown): readonly string[] {
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
