import assert from 'node:assert/strict';
import type { ToolResponse } from '../../src/tools/tool.ts';

/** A field of a tool's answer, which must be a text. */
export function textIn(response: ToolResponse, field: string): string {
  const value: unknown = response[field as keyof ToolResponse];
  assert.ok(typeof value === 'string', JSON.stringify(response));
  return value;
}
