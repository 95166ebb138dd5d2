import * as vscode from 'vscode';
import type { OthersSetting } from '../../settings/others-setting.ts';

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
