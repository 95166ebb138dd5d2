import assert from 'node:assert/strict';
import { capabilitiesOf } from '../../../src/live/models.ts';
import { argumentsFor } from '../../../src/live/tool-calls/open-call.ts';
import { toolsOf } from '../../../src/live/setup/setup.ts';
import type { JsonObject } from '../../live-server/wire/json-value.ts';
import { LIVE_MODELS } from '../../live-server/index.ts';
import { checkSetup } from '../../live-server/wire/setup-rules.ts';
import { call } from './calling.ts';
import { Peer } from './peer.ts';
import { Talk } from './talk.ts';

/** What other extensions and MCP servers declare, which says less than the service wants to know. */
const PROPERTIES = {
  anyObject: { type: 'object', description: 'Headers.' },
  emptyObject: { type: 'object', properties: {}, additionalProperties: { type: 'string' } },
  maybeObject: { type: ['object', 'null'], additionalProperties: true },
  anyList: { type: 'array' },
  anyItems: { type: 'array', items: {} },
  pairs: { type: 'array', items: [{ type: 'string' }, { type: 'number' }] },
  anything: {},
  yes: true,
  numbers: { enum: [1, 2] },
  inner: { type: 'object', properties: { rest: { type: 'object' } }, required: ['rest', 'not-declared'] },
  untyped: { properties: { name: { type: 'string' } }, required: ['name'] },
  eitherKey: { type: 'object', anyOf: [{ required: ['a'] }, { required: ['b'] }] },
  either: { anyOf: [{ type: 'string' }, { type: 'object' }] },
  all: { allOf: [{ type: 'object', properties: { a: { type: 'string' } } }, { type: 'object' }] },
  one: { allOf: [{ $ref: '#/definitions/Size' }], description: 'How large.' },
  tree: { $ref: '#/definitions/Tree', description: 'What stands under it.' },
  elsewhere: { $ref: 'https://example.com/schema.json' },
  nowhere: { $ref: '#/definitions/None' },
};
const SCHEMA = {
  type: 'object',
  properties: PROPERTIES,
  required: ['anyObject', 'not-declared'],
  definitions: {
    Size: { type: 'string', enum: ['small', 'large'] },
    Tree: {
      type: 'object',
      properties: { name: { type: 'string' }, children: { type: 'array', items: { $ref: '#/definitions/Tree' } } },
    },
  },
};
const FREE = { name: 'other_tool', description: 'Of another extension.', parametersJsonSchema: SCHEMA };

const declarationsOf = (parametersJsonSchema: object) => {
  const tools = toolsOf([{ ...FREE, parametersJsonSchema }], capabilitiesOf('gemini-3.8-live'));
  // As it is on the wire.
  return JSON.parse(JSON.stringify(tools)) as [{ functionDeclarations: [{ parameters?: JsonObject }] }];
};
const declared = (parametersJsonSchema: object) => declarationsOf(parametersJsonSchema)[0].functionDeclarations[0];
const property = (json: unknown) =>
  (declared({ type: 'object', properties: { it: json } }).parameters?.['properties'] as JsonObject)['it'];
const check = (parametersJsonSchema: object) => {
  const model = LIVE_MODELS.find(({ name }) => name === 'gemini-3.8-live');
  assert.ok(model !== undefined);
  checkSetup({ tools: declarationsOf(parametersJsonSchema) }, model, 'gemini');
};

describe('a tool whose schema says too little for the service', () => {
  for (const [name, json] of Object.entries(PROPERTIES)) {
    it(`is declared so that the setup is taken: ${name}`, () => {
      const { definitions } = SCHEMA;
      check({ type: 'object', properties: { it: json }, definitions });
      const parameters = declared({ type: 'object', properties: { it: json }, definitions }).parameters;
      assert.doesNotMatch(JSON.stringify(parameters), /\{\}/, 'something has no type');
    });
  }

  it('is declared as a whole, and asks only for what it names', () => {
    check(SCHEMA);
    assert.deepEqual(declared(SCHEMA).parameters?.['required'], ['anyObject']);
    check({ $ref: '#/definitions/Size', definitions: SCHEMA.definitions });
    assert.equal(declared({ type: 'object' }).parameters, undefined);
  });

  it('tells the model what is free as a text that holds JSON, and what is known as it is', () => {
    assert.deepEqual(property(PROPERTIES.anyObject), { type: 'STRING', description: 'Headers. (written as JSON)' });
    assert.deepEqual(property(PROPERTIES.maybeObject), {
      type: 'STRING',
      description: 'written as JSON',
      nullable: true,
    });
    const { properties } = declared(SCHEMA).parameters as { properties: JsonObject };
    assert.deepEqual(properties['one'], {
      type: 'STRING',
      enum: ['small', 'large'],
      format: 'enum',
      description: 'How large.',
    });
    assert.deepEqual(properties['tree'], {
      type: 'OBJECT',
      description: 'What stands under it.',
      properties: {
        name: { type: 'STRING' },
        children: { type: 'ARRAY', items: { type: 'STRING', description: 'written as JSON' } },
      },
    });
  });

  it('gets what was free as it wants it, and everything else as it was sent', () => {
    assert.deepEqual(
      argumentsFor(SCHEMA, {
        anyObject: '{"accept":"text/html"}',
        emptyObject: { already: 'an object' },
        anyItems: ['{"a":1}', 'plain', '[2]'],
        anything: '7',
        inner: { rest: '{"deep":true}' },
        untyped: { name: '{"a":1}' },
        either: '42',
        one: 'small',
        tree: { name: '1', children: ['{"name":"2"}'] },
        unknown: '{"a":1}',
      }),
      {
        anyObject: { accept: 'text/html' },
        emptyObject: { already: 'an object' },
        anyItems: [{ a: 1 }, 'plain', [2]],
        anything: 7,
        inner: { rest: { deep: true } },
        untyped: { name: '{"a":1}' },
        either: '42',
        one: 'small',
        tree: { name: '1', children: [{ name: '2' }] },
        unknown: '{"a":1}',
      },
    );
    assert.deepEqual(argumentsFor(SCHEMA, { either: '{"a":1}', anyObject: '{torn' }), {
      either: { a: 1 },
      anyObject: '{torn',
    });
  });

  it('is called with an object, though the model could send a text only', async () => {
    const peer = await Peer.listen();
    const talk = new Talk({ baseUrl: peer.baseUrl, settings: { tools: [FREE] } });
    try {
      talk.session.start();
      const service = await peer.connection();
      await service.accept(call('c1', 'other_tool', { anyObject: '{"accept":"text/html"}' }));
      await talk.until(() => talk.all('toolCall').length === 1);
      assert.deepEqual(talk.all('toolCall')[0]?.call.args, { anyObject: { accept: 'text/html' } });
    } finally {
      talk.session.dispose();
      await peer.close();
    }
  });
});
