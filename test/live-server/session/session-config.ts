// What a connection's setup asked for, in the form the session needs.
import { objectAt, listAt, stringAt, type JsonObject } from '../wire/json-value.ts';
import type { LiveModel } from '../wire/models.ts';
import type { Service } from '../wire/protos.ts';
import type { Compression } from './conversation.ts';

export interface SessionConfig {
  service: Service;
  model: LiveModel;
  modality: 'AUDIO' | 'TEXT';
  voice: string | undefined;
  transcribesInput: boolean;
  transcribesOutput: boolean;
  includesThoughts: boolean;
  interruptible: boolean;
  sendsVadSignals: boolean;
  /** Whether the setup asked for resumption handles. */
  resumable: boolean;
  handle: string | undefined;
  compression: Compression | undefined;
  /** The first clientContent is history and does not start a turn. */
  initialHistory: boolean;
  realtimeInput: JsonObject | undefined;
  /** Functions whose calls the service withdraws when the user says something new: BLOCKING ones, on Vertex. */
  withdrawnOnInput: ReadonlySet<string>;
}

function compressionOf(setup: JsonObject): Compression | undefined {
  const config = objectAt(setup, 'contextWindowCompression');
  if (!config || !objectAt(config, 'slidingWindow')) return undefined;
  // Defaults: 80 % of the window, and half of the trigger (docs/live-api.md, "How long a session and a connection
  // last").
  const triggerTokens = typeof config['triggerTokens'] === 'number' ? config['triggerTokens'] : 104_858;
  const target = objectAt(config, 'slidingWindow')?.['targetTokens'];
  return { triggerTokens, targetTokens: typeof target === 'number' ? target : triggerTokens / 2 };
}

function blockingFunctions(setup: JsonObject): string[] {
  return listAt(setup, 'tools')
    .flatMap((tool) => listAt(tool, 'functionDeclarations'))
    .filter((declaration) => stringAt(declaration, 'behavior') === 'BLOCKING')
    .map((declaration) => stringAt(declaration, 'name') ?? '');
}

/** @param setup with canonical names, already checked */
export function readSessionConfig(setup: JsonObject, model: LiveModel, service: Service): SessionConfig {
  const generation = objectAt(setup, 'generationConfig');
  const realtimeInput = objectAt(setup, 'realtimeInputConfig');
  const resumption = objectAt(setup, 'sessionResumption');
  const [modality] = listAt(generation, 'responseModalities');
  return {
    service,
    model,
    modality: modality === 'TEXT' ? 'TEXT' : 'AUDIO',
    voice: stringAt(objectAt(generation, 'speechConfig', 'voiceConfig', 'prebuiltVoiceConfig'), 'voiceName'),
    transcribesInput: objectAt(setup, 'inputAudioTranscription') !== undefined,
    transcribesOutput: model.sendsUnasked || objectAt(setup, 'outputAudioTranscription') !== undefined,
    includesThoughts: objectAt(generation, 'thinkingConfig')?.['includeThoughts'] === true,
    interruptible: stringAt(realtimeInput, 'activityHandling') !== 'NO_INTERRUPTION',
    sendsVadSignals: setup['explicitVadSignal'] === true,
    resumable: resumption !== undefined,
    handle: stringAt(resumption, 'handle'),
    compression: compressionOf(setup),
    initialHistory: objectAt(setup, 'historyConfig')?.['initialHistoryInClientContent'] === true,
    realtimeInput,
    withdrawnOnInput: new Set(service === 'vertex' ? blockingFunctions(setup) : []),
  };
}
