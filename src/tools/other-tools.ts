import * as vscode from 'vscode';
import { tellingGate } from './telling-gate.ts';
import type { Gate } from '../gate/gate.ts';
import { inputComplaint, textsIn } from './others/input-check.ts';
import { installedTools } from './others/installed-tools.ts';
import { othersSetting, type OthersSetting } from '../settings/others-setting.ts';
import { boundedText, resultText } from './others/result-text.ts';
import { safeNames } from './others/safe-name.ts';
import { askPerson, DECISION_LIMIT_MS } from './run/ask-person.ts';
import { privateFileNamed } from './run/named-files.ts';
import { failed, type Tool, type ToolContext, type ToolResult } from './tool.ts';

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
export function otherTools(gate: OthersGate, setting: OthersSetting = othersSetting()): readonly Tool[] {
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
