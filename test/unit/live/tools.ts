import type { ToolDeclaration } from '../../../src/live/settings.ts';

/** As a schema library writes it. */
export const LOOK: ToolDeclaration = {
  name: 'look',
  description: 'Shows a part of what is shared.',
  parametersJsonSchema: {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    type: 'object',
    properties: {
      source: { type: 'string', enum: ['screen', 'camera'], description: 'Which.' },
      box: { type: 'array', items: { type: 'number', minimum: 0, maximum: 1000 }, minItems: 4, maxItems: 4 },
      count: { type: 'integer', minimum: Number.MIN_SAFE_INTEGER, maximum: Number.MAX_SAFE_INTEGER },
      label: { anyOf: [{ type: 'string', minLength: 1, maxLength: 60 }, { type: 'null' }] },
      kind: { const: 'part' },
    },
    required: ['source', 'box'],
    additionalProperties: false,
  },
};
export const REST: ToolDeclaration = {
  name: 'rest',
  description: 'Does nothing.',
  parametersJsonSchema: { type: 'object', properties: {}, additionalProperties: false },
};
