import assert from 'node:assert/strict';
import type { Tool, ToolLine, ToolResponse } from '../../src/tools/tool.ts';

/** What a tool found, as the model gets it. */
export type Found = ToolResponse & Readonly<Record<string, unknown>>;

/** Calls a tool as the toolbox does; arguments that do not fit fail the test. */
export async function call(tool: Tool, args: unknown): Promise<Found> {
  return (await callWithLine(tool, args)).response;
}

/** Also what the person is told of it. */
export async function callWithLine(
  tool: Tool,
  args: unknown,
): Promise<{ response: Found; line: ToolLine | undefined }> {
  const prepared = tool.prepare(args);
  assert.ok('run' in prepared, 'complaint' in prepared ? prepared.complaint : '');
  const { response, line = prepared.line } = await prepared.run({ signal: new AbortController().signal });
  // As it goes over the line.
  const sent: unknown = JSON.parse(JSON.stringify(response));
  assert.ok(JSON.stringify(sent).length < 16_000, 'a result stays within its budget');
  return { response: sent as Found, line };
}
