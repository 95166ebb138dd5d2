import type { Behavior, FunctionDeclaration, Tool } from '@google/genai';
import type { ModelCapabilities } from './models.ts';
import type { ToolDeclaration } from './tool-call.ts';
import { schemaOf } from './setup/tool-schema.ts';
import { wire } from './wire/wire-name.ts';

/**
 * Tools as the setup takes them. Parameters go as `parameters`, the OpenAPI schema with upper-case types: every model on
 * both services has always taken it, while with `parametersJsonSchema` Live models were seen to call with empty arguments
 * (googleapis/python-genai issue 1147). What that schema does not know (`additionalProperties` closes the socket) is left
 * out, so a tool still has to check its arguments.
 *
 * @returns empty when there are no tools
 */
export function toolsOf(tools: readonly ToolDeclaration[], { toolBehavior }: ModelCapabilities): Tool[] {
  if (tools.length === 0) return [];
  const functionDeclarations = tools.map(({ name, description, parametersJsonSchema }) => {
    const declaration: FunctionDeclaration = { name, description };
    const { schema: parameters } = schemaOf(parametersJsonSchema);
    // An object without properties is refused; a function without parameters has none to send.
    if (Object.keys(parameters.properties ?? {}).length > 0) declaration.parameters = parameters;
    if (toolBehavior !== undefined) declaration.behavior = wire<Behavior>(toolBehavior);
    return declaration;
  });
  return [{ functionDeclarations }];
}
