// What a setup may say, beyond its shape: the rules of the model and the service (docs/live-api.md, "The setup message"
// and "What each model accepts").
import { listAt, objectAt, stringAt, isObject, type JsonObject, type JsonValue } from './json-value.ts';
import { PREBUILT_VOICES, type LiveModel } from './models.ts';
import type { Service } from './protos.ts';
import { CLOSE, invalidArgument, modelNotFound, Violation } from './reasons.ts';

/** Not supported in Live, says the proto's own comment on BidiGenerateContentSetup.generation_config. */
const UNSUPPORTED_GENERATION_FIELDS = [
  'responseLogprobs',
  'responseMimeType',
  'logprobs',
  'responseSchema',
  'responseJsonSchema',
  '_responseJsonSchema',
  'stopSequences',
];
/** With or without it; its zero value is what nobody sends. */
const MEDIA_RESOLUTIONS = ['MEDIA_RESOLUTION_LOW', 'MEDIA_RESOLUTION_MEDIUM', 'MEDIA_RESOLUTION_HIGH'];
const REFUSED_TOOLS = ['googleSearchRetrieval', 'urlContext', 'googleMaps', 'fileSearch', 'computerUse'];
const THINKING_LEVELS = ['LOW', 'MEDIUM', 'HIGH'];
/** Vertex's range for triggerTokens (docs/live-api.md, "How long a session and a connection last"). */
const VERTEX_TRIGGER_TOKENS = { min: 5_000, max: 128_000 };
const VERTEX_MODEL = /^projects\/[^/]+\/locations\/([^/]+)\/publishers\/google\/models\/([^/]+)$/;
const FUNCTION_NAME = /^[A-Za-z_][A-Za-z0-9_.:-]{0,63}$/;

function refuseIf(condition: boolean): void {
  if (condition) throw invalidArgument();
}

/**
 * Finds the model a setup names.
 * @throws Violation 1007 for a malformed name, 1008 for a model this service does not serve
 */
export function modelOf(
  setup: JsonObject,
  models: readonly LiveModel[],
  service: Service,
  apiVersion: string,
): LiveModel {
  const name = stringAt(setup, 'model') ?? '';
  if (service === 'vertex') {
    const [, location, short] = VERTEX_MODEL.exec(name) ?? [];
    const model = models.find((each) => each.name === short && each.services.includes('vertex'));
    // Live is not served from 'global' (docs/live-api.md, "Address, API version and credentials").
    if (model && location !== 'global') return model;
    throw new Violation(1008, `Publisher Model \`${name}\` was not found or your project does not have access to it.`);
  }
  if (!name.startsWith('models/')) {
    throw new Violation(1007, '* BidiGenerateContentRequest.model: unexpected model name format');
  }
  const model = models.find((each) => `models/${each.name}` === name && each.services.includes('gemini'));
  if (!model) throw modelNotFound(name, apiVersion);
  return model;
}

function checkThinking(model: LiveModel, thinking: JsonObject | undefined): void {
  const level = stringAt(thinking, 'thinkingLevel');
  switch (model.thinking) {
    case 'refused':
      return refuseIf(thinking !== undefined);
    case 'level-required':
      return refuseIf(!level || !THINKING_LEVELS.includes(level) || thinking?.['thinkingBudget'] !== undefined);
    case 'level':
      return refuseIf(thinking?.['thinkingBudget'] !== undefined);
    case 'budget':
      return refuseIf(level !== undefined);
  }
}

function checkGenerationConfig(model: LiveModel, service: Service, config: JsonObject): void {
  refuseIf(UNSUPPORTED_GENERATION_FIELDS.some((field) => field in config));
  const modalities = listAt(config, 'responseModalities');
  refuseIf(modalities.length > 1);
  refuseIf(modalities.some((modality) => !model.modalities.some((taken) => taken === modality)));
  refuseIf(config['enableAffectiveDialog'] !== undefined && !model.affectiveDialog.includes(service));
  refuseIf(config['translationConfig'] !== undefined);
  checkThinking(model, objectAt(config, 'thinkingConfig'));
  const resolution = stringAt(config, 'mediaResolution');
  refuseIf(resolution !== undefined && !MEDIA_RESOLUTIONS.includes(resolution));
  const speech = objectAt(config, 'speechConfig');
  refuseIf(speech?.['languageCode'] !== undefined || speech?.['multiSpeakerVoiceConfig'] !== undefined);
  const voice = stringAt(objectAt(speech, 'voiceConfig', 'prebuiltVoiceConfig'), 'voiceName');
  refuseIf(voice !== undefined && !PREBUILT_VOICES.has(voice));
  const { temperature, topP } = config;
  refuseIf(typeof temperature === 'number' && (temperature < 0 || temperature > 2));
  refuseIf(typeof topP === 'number' && (topP < 0 || topP > 1));
}

/** An object must say what is in it, a list what of: Google refuses both otherwise. */
function checkSchema(schema: JsonObject): void {
  const properties = objectAt(schema, 'properties') ?? {};
  refuseIf(schema['type'] === 'OBJECT' && Object.keys(properties).length === 0);
  refuseIf(schema['type'] === 'ARRAY' && objectAt(schema, 'items') === undefined);
  refuseIf(listAt(schema, 'required').some((name) => typeof name !== 'string' || !(name in properties)));
  for (const inner of [...Object.values(properties), schema['items'], ...listAt(schema, 'anyOf')]) {
    if (isObject(inner)) checkSchema(inner);
  }
}

function checkTools(model: LiveModel, tools: readonly JsonValue[]): void {
  const names = new Set<string>();
  for (const tool of tools) {
    if (!isObject(tool)) continue;
    refuseIf(REFUSED_TOOLS.some((kind) => kind in tool));
    refuseIf('codeExecution' in tool && !model.codeExecution);
    for (const declaration of listAt(tool, 'functionDeclarations')) {
      const name = stringAt(declaration, 'name') ?? '';
      refuseIf(!FUNCTION_NAME.test(name) || names.has(name));
      names.add(name);
      const behavior = stringAt(declaration, 'behavior');
      refuseIf(behavior !== undefined && !model.behaviors.some((taken) => taken === behavior));
      const declared = isObject(declaration) ? declaration : {};
      refuseIf('parameters' in declared && 'parametersJsonSchema' in declared);
      const parameters = objectAt(declared, 'parameters');
      if (parameters) checkSchema(parameters);
    }
  }
}

function checkRealtimeInput(config: JsonObject | undefined): void {
  const detection = objectAt(config, 'automaticActivityDetection');
  for (const field of ['prefixPaddingMs', 'silenceDurationMs']) {
    const value = detection?.[field];
    refuseIf(typeof value === 'number' && value < 0);
  }
}

function checkCompression(service: Service, config: JsonObject | undefined): void {
  const trigger = config?.['triggerTokens'];
  if (typeof trigger !== 'number') return;
  const { min, max } = VERTEX_TRIGGER_TOKENS;
  refuseIf(service === 'vertex' && (trigger < min || trigger > max));
  const target = objectAt(config, 'slidingWindow')?.['targetTokens'];
  refuseIf(typeof target === 'number' && target >= trigger);
}

function checkSystemInstruction(instruction: JsonValue | undefined): void {
  for (const part of listAt(instruction, 'parts')) refuseIf(stringAt(part, 'text') === undefined);
}

/** @throws Violation if this model on this service refuses the setup */
export function checkSetup(setup: JsonObject, model: LiveModel, service: Service): void {
  checkGenerationConfig(model, service, objectAt(setup, 'generationConfig') ?? {});
  if (model.thinking === 'level-required') checkThinking(model, objectAt(setup, 'generationConfig', 'thinkingConfig'));
  checkTools(model, listAt(setup, 'tools'));
  checkRealtimeInput(objectAt(setup, 'realtimeInputConfig'));
  checkCompression(service, objectAt(setup, 'contextWindowCompression'));
  checkSystemInstruction(setup['systemInstruction']);
  const proactive = objectAt(setup, 'proactivity');
  refuseIf(proactive !== undefined && model.proactivity === 'refused');
  refuseIf(proactive?.['proactiveAudio'] === false && model.proactivity === 'fixed-on');
  const handle = objectAt(setup, 'sessionResumption')?.['handle'];
  if (handle === '') throw new Violation(CLOSE.badHandle.code, CLOSE.badHandle.reason);
}
