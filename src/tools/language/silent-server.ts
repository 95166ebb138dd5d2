import { failed, type ToolResult } from '../tool.ts';

/** Nothing was found, and no server said that there is nothing. */
export function silentServer(languageId: string): ToolResult {
  return failed(
    `No language server answers for ${languageId}: there may be none in this VS Code, or it is still starting. Try once more in a while, or use search_text.`,
    true,
  );
}

/** Said beside results that may not be all. */
export const STILL_LOADING = 'The language server is still loading the project, so there may be more. Ask again later.';
