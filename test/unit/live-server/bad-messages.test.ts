import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, it } from 'mocha';
import { startLiveServer, type LiveServer } from '../../live-server/index.ts';
import type { JsonObject } from '../../live-server/wire/json-value.ts';
import { goodSetups } from './good-setups.ts';
import { connect, connectSession, MODEL } from './wire-client.ts';

const INVALID = 'Request contains an invalid argument.';
const UNKNOWN = 'Invalid JSON payload received. Unknown name';

interface BadMessage {
  what: string;
  message: object | string;
  code: number;
  /** The reason begins so. */
  reason: string;
}

const notSetups: readonly BadMessage[] = [
  { what: 'is not JSON', message: '{setup', code: 1007, reason: 'Invalid JSON payload received. Unexpected token.' },
  { what: 'is a JSON list', message: '[]', code: 1007, reason: 'Invalid JSON payload received.' },
  { what: 'is empty', message: {}, code: 1007, reason: INVALID },
  {
    what: 'has a name nobody knows',
    message: { hello: {} },
    code: 1007,
    reason: `${UNKNOWN} "hello": Cannot find field.`,
  },
  { what: 'is not a setup', message: { realtimeInput: { text: 'hi' } }, code: 1007, reason: INVALID },
  {
    what: 'is two messages in one',
    message: { setup: { model: MODEL }, clientContent: {} },
    code: 1007,
    reason: 'Invalid',
  },
  {
    what: 'is a list of setups',
    message: { setup: [{}] },
    code: 1007,
    reason: `${UNKNOWN} "setup": Proto field is not repeating`,
  },
];

function setup(what: string, fields: JsonObject, reason: string = INVALID, code = 1007): BadMessage {
  return { what, message: { setup: { model: MODEL, ...fields } }, code, reason };
}

const badSetups: readonly BadMessage[] = [
  setup('has an unknown field', { voice: 'Kore' }, `${UNKNOWN} "voice" at 'setup': Cannot find field.`),
  setup(
    'has an unknown field further down',
    { realtimeInputConfig: { automaticActivityDetection: { silenceMs: 5 } } },
    `${UNKNOWN} "silenceMs" at 'setup.realtime_input_config.automatic_activity_detection': Cannot find field.`,
  ),
  setup(
    'has words for a number',
    { generationConfig: { temperature: 'hot' } },
    'Invalid value at \'setup.generation_config.temperature\' (TYPE_FLOAT), "hot"',
  ),
  setup(
    'has half a token',
    { contextWindowCompression: { triggerTokens: 0.5 } },
    "Invalid value at 'setup.context_window_compression.trigger_tokens' (TYPE_INT64)",
  ),
  setup('has a number for the model', { model: 5 }, "Invalid value at 'setup.model' (TYPE_STRING), 5"),
  setup(
    'has an enum value nobody knows',
    { generationConfig: { responseModalities: ['SPEECH'] } },
    "Invalid value at 'setup.generation_config.response_modalities[0]'",
  ),
  setup(
    "has Vertex's transparent resumption",
    { sessionResumption: { transparent: true } },
    `${UNKNOWN} "transparent" at 'setup.session_resumption'`,
  ),
  setup("has Vertex's explicitVadSignal", { explicitVadSignal: true }, `${UNKNOWN} "explicitVadSignal" at 'setup'`),
  setup(
    'names no known model',
    { model: 'models/gemini-9-live' },
    'models/gemini-9-live is not found for API version v1beta, or is not supported for bidiGenerateContent',
    1008,
  ),
  setup(
    'names a model that is shut down',
    { model: 'models/gemini-2.0-flash-live-001' },
    'models/gemini-2.0-flash-live-001 is not found',
    1008,
  ),
  setup(
    'names the model without models/',
    { model: 'gemini-3.8-live' },
    '* BidiGenerateContentRequest.model: unexpected model name format',
  ),
  setup('asks for TEXT', { generationConfig: { responseModalities: ['TEXT'] } }),
  setup('asks for two modalities', { generationConfig: { responseModalities: ['AUDIO', 'TEXT'] } }),
  setup('asks 3.8 to think', { generationConfig: { thinkingConfig: { thinkingLevel: 'LOW' } } }),
  setup('asks 3.8 for affective dialog', { generationConfig: { enableAffectiveDialog: true } }),
  setup('switches proactivity off on 3.8', { proactivity: { proactiveAudio: false } }),
  setup('sets a language code', { generationConfig: { speechConfig: { languageCode: 'de-DE' } } }),
  setup('names a voice that does not exist', {
    generationConfig: { speechConfig: { voiceConfig: { prebuiltVoiceConfig: { voiceName: 'Bob' } } } },
  }),
  setup('leaves the media resolution unspecified', {
    generationConfig: { mediaResolution: 'MEDIA_RESOLUTION_UNSPECIFIED' },
  }),
  setup('declares an object of parameters without any', {
    tools: [{ functionDeclarations: [{ name: 'a', parameters: { type: 'OBJECT', properties: {} } }] }],
  }),
  setup('declares a list without saying of what', {
    tools: [
      { functionDeclarations: [{ name: 'a', parameters: { type: 'OBJECT', properties: { b: { type: 'ARRAY' } } } }] },
    ],
  }),
  setup(
    'says of parameters what only JSON Schema knows',
    { tools: [{ functionDeclarations: [{ name: 'a', parameters: { type: 'OBJECT', additionalProperties: false } }] }] },
    `${UNKNOWN} "additionalProperties" at 'setup.tools[0].function_declarations[0].parameters'`,
  ),
  setup('asks for JSON replies', { generationConfig: { responseMimeType: 'application/json' } }),
  setup('resumes with null', { sessionResumption: { handle: null } }),
  setup('resumes with a handle nobody gave out', { sessionResumption: { handle: 'c0ffee' } }, 'Invalid session handle'),
  setup('wants code execution on 3.8', { tools: [{ codeExecution: {} }] }),
  setup('wants maps', { tools: [{ googleMaps: {} }] }),
  setup('declares a function with a blank in its name', { tools: [{ functionDeclarations: [{ name: 'open file' }] }] }),
  setup('declares a function twice', { tools: [{ functionDeclarations: [{ name: 'a' }, { name: 'a' }] }] }),
  setup('gives an instruction without text', {
    systemInstruction: { parts: [{ inlineData: { mimeType: 'image/png', data: '' } }] },
  }),
  setup('makes extended thinking block', {
    model: 'models/gemini-3.8-live-extended-thinking',
    generationConfig: { thinkingConfig: { thinkingLevel: 'LOW' } },
    tools: [{ functionDeclarations: [{ name: 'a', behavior: 'BLOCKING' }] }],
  }),
  setup('lets extended thinking choose its level', { model: 'models/gemini-3.8-live-extended-thinking' }),
  setup('gives 3.1 a thinking budget', {
    model: 'models/gemini-3.1-flash-live-preview',
    generationConfig: { thinkingConfig: { thinkingBudget: 5 } },
  }),
  setup('gives 3.1 non-blocking functions', {
    model: 'models/gemini-3.1-flash-live-preview',
    tools: [{ functionDeclarations: [{ name: 'a', behavior: 'NON_BLOCKING' }] }],
  }),
];

const later: readonly BadMessage[] = [
  { what: 'a second setup', message: { setup: { model: MODEL } }, code: 1007, reason: INVALID },
  {
    what: 'audio that is not base64',
    message: { realtimeInput: { audio: { data: 'a?b', mimeType: 'audio/pcm' } } },
    code: 1007,
    reason: "Invalid value at 'realtime_input.audio.data' (TYPE_BYTES), Base64 decoding failed",
  },
  {
    what: 'audio of another type',
    message: { realtimeInput: { audio: { data: 'AAAA', mimeType: 'audio/webm' } } },
    code: 1007,
    reason: INVALID,
  },
  {
    what: 'audio with half a sample',
    message: { realtimeInput: { audio: { data: 'AAAA', mimeType: 'audio/pcm;rate=16000' } } },
    code: 1007,
    reason: INVALID,
  },
  {
    what: 'audio at an impossible rate',
    message: { realtimeInput: { audio: { data: 'AAA=', mimeType: 'audio/pcm;rate=5' } } },
    code: 1007,
    reason: INVALID,
  },
  {
    what: 'a picture that is none',
    message: { realtimeInput: { video: { data: 'AAAA', mimeType: 'image/jpeg' } } },
    code: 1007,
    reason: INVALID,
  },
  {
    what: 'a start of activity while speech is found automatically',
    message: { realtimeInput: { activityStart: {} } },
    code: 1007,
    reason: INVALID,
  },
  {
    what: 'an answer to a call nobody made',
    message: { toolResponse: { functionResponses: [{ id: '7', name: 'a', response: {} }] } },
    code: 1007,
    reason: INVALID,
  },
  {
    what: 'an answer without an id',
    message: { toolResponse: { functionResponses: [{ name: 'a', response: {} }] } },
    code: 1007,
    reason: INVALID,
  },
  {
    what: 'an answer that is a string',
    message: { toolResponse: { functionResponses: [{ id: '7', name: 'a', response: 'x' }] } },
    code: 1007,
    reason: "Invalid value at 'tool_response.function_responses[0].response'",
  },
  {
    what: 'a part that is two things',
    message: { clientContent: { turns: [{ parts: [{ text: 'a', inlineData: {} }] }] } },
    code: 1007,
    reason: 'Invalid value',
  },
  {
    what: 'a role nobody plays',
    message: { clientContent: { turns: [{ role: 'system', parts: [{ text: 'a' }] }], turnComplete: true } },
    code: 1007,
    reason: INVALID,
  },
  {
    what: 'a context update, which only Vertex knows',
    message: { contextUpdate: {} },
    code: 1007,
    reason: `${UNKNOWN} "contextUpdate": Cannot find field.`,
  },
];

describe('the Live server refuses, as Google does,', () => {
  let server: LiveServer;
  beforeEach(async () => (server = await startLiveServer()));
  afterEach(async () => server.close());

  for (const { what, message, code, reason } of [...notSetups, ...badSetups]) {
    it(`a first message that ${what}`, async () => {
      const client = await connect(server);
      client.send(message);
      const closed = await client.closed;
      assert.equal(closed.code, code);
      // A close frame has room for 123 bytes; Google's wordings are cut there.
      assert.ok(closed.reason.startsWith(reason.slice(0, 123)), closed.reason);
      assert.deepEqual(client.messages, []);
    });
  }

  for (const { what, message, code, reason } of later) {
    it(what, async () => {
      const client = await connectSession(server);
      client.send(message);
      const closed = await client.closed;
      assert.equal(closed.code, code);
      assert.ok(closed.reason.startsWith(reason.slice(0, 123)), closed.reason);
    });
  }

  it('an end of the audio stream where the client marks activity itself', async () => {
    const client = await connectSession(server, {
      realtimeInputConfig: { automaticActivityDetection: { disabled: true } },
    });
    client.send({ realtimeInput: { audioStreamEnd: true } });
    assert.deepEqual(await client.closed, { code: 1007, reason: INVALID });
  });

  it('content in mid-session from a client of 3.1, which takes it as initial history only', async () => {
    const client = await connectSession(server, { model: 'models/gemini-3.1-flash-live-preview' });
    const content = { clientContent: { turns: [{ role: 'user', parts: [{ text: 'a' }] }], turnComplete: true } };
    client.send(content);
    await server.next('text');
    client.send(content);
    assert.deepEqual(await client.closed, { code: 1007, reason: INVALID });
  });
});

describe('the Live server accepts', () => {
  let server: LiveServer;
  beforeEach(async () => (server = await startLiveServer()));
  afterEach(async () => server.close());

  for (const { what, setup: fields } of goodSetups) {
    it(`a setup with ${what}`, async () => {
      const client = await connectSession(server, fields);
      client.socket.close();
      const { by } = await server.next('closed');
      assert.equal(by, 'client');
    });
  }
});
