import type {
  AutomaticActivityDetection,
  Behavior,
  EndSensitivity,
  FunctionDeclaration,
  LiveConnectConfig,
  MediaResolution,
  Modality,
  StartSensitivity,
  ThinkingConfig,
  ThinkingLevel,
  Tool,
  TurnCoverage,
} from '@google/genai';
import type { SessionNotice } from '../../problems/session-codes.ts';
import { enumValue } from '../wire/json.ts';
import { type ModelCapabilities, VOICES } from '../models.ts';
import type { LiveSettings, ToolDeclaration, VoiceActivitySettings } from '../settings.ts';
import { schemaOf } from './tool-schema.ts';

export interface SetupOptions {
  readonly settings: LiveSettings;
  readonly capabilities: ModelCapabilities;
  /** Absent: a fresh session. */
  readonly handle?: string;
  /**
   * Part of the instructions, which every model takes. After turns of `clientContent` without `turnComplete` the 3.8
   * models wait for one.
   */
  readonly history?: string | undefined;
  /** Part of the instructions, since resuming takes them anew. */
  readonly notes?: string | undefined;
}

export interface Setup {
  readonly config: LiveConnectConfig;
  /** Replies come as written text instead of speech with a transcript. */
  readonly textReplies: boolean;
  /** One for each setting that this model refuses and that was therefore left out. */
  readonly notices: readonly SessionNotice[];
}

/**
 * Tokens. Without it a session ends after 15 minutes (docs/live-api.md, "How long a session and a connection last").
 * The numbers are those of Google's cost example: every turn bills the whole context again.
 */
const COMPRESSION = { triggerTokens: '25000', slidingWindow: { targetTokens: '8000' } };

/** Makes the configuration of a session. It never holds a field that the model refuses. */
export function buildSetup({ settings, capabilities, handle, history, notes }: SetupOptions): Setup {
  const notices: SessionNotice[] = [];
  const textReplies = settings.reply === 'text' && capabilities.textReplies;
  const config: LiveConnectConfig = {
    responseModalities: [enumValue<Modality>(textReplies ? 'TEXT' : 'AUDIO')],
    sessionResumption: handle === undefined ? {} : { handle },
    contextWindowCompression: COMPRESSION,
    // Every model that sees takes it.
    mediaResolution: enumValue<MediaResolution>(MEDIA_RESOLUTIONS[settings.pictureDetail]),
    inputAudioTranscription: {},
    realtimeInputConfig: {
      automaticActivityDetection: activityDetection(settings.voiceActivity),
      turnCoverage: enumValue<TurnCoverage>(capabilities.turnCoverage),
    },
  };
  if (!textReplies) {
    config.outputAudioTranscription = {};
    const voice = voiceName(settings.voice, notices);
    if (voice !== undefined) config.speechConfig = { voiceConfig: { prebuiltVoiceConfig: { voiceName: voice } } };
  }
  const thinking = thinkingConfig(settings, capabilities, notices);
  if (thinking !== undefined) config.thinkingConfig = thinking;
  const tools = toolsOf(settings.tools, capabilities);
  if (settings.googleSearch && capabilities.googleSearch) tools.push({ googleSearch: {} });
  else if (settings.googleSearch) notices.push({ code: 'search-unsupported', about: { model: settings.model } });
  if (tools.length > 0) config.tools = tools;
  const parts = [settings.instructions.trim(), history ?? '', notes ?? ''];
  const instructions = parts.filter((part) => part !== '').join('\n\n');
  if (instructions !== '') config.systemInstruction = instructions;
  return { config, textReplies, notices };
}

function activityDetection(settings: VoiceActivitySettings): AutomaticActivityDetection {
  const detection: AutomaticActivityDetection = {
    prefixPaddingMs: wholeMs(settings.prefixMs),
    silenceDurationMs: wholeMs(settings.silenceMs),
  };
  const { startSensitivity, endSensitivity } = settings;
  if (startSensitivity !== 'default') {
    const name = startSensitivity === 'high' ? 'START_SENSITIVITY_HIGH' : 'START_SENSITIVITY_LOW';
    detection.startOfSpeechSensitivity = enumValue<StartSensitivity>(name);
  }
  if (endSensitivity !== 'default') {
    const name = endSensitivity === 'high' ? 'END_SENSITIVITY_HIGH' : 'END_SENSITIVITY_LOW';
    detection.endOfSpeechSensitivity = enumValue<EndSensitivity>(name);
  }
  return detection;
}

/** The service takes whole milliseconds; settings edited by hand may hold anything. */
const wholeMs = (ms: number) => Math.max(0, Math.round(Number.isFinite(ms) ? ms : 0));

function voiceName(voice: string, notices: SessionNotice[]): string | undefined {
  const wanted = voice.trim();
  if (wanted === '') return undefined;
  const known = VOICES.find((name) => name.toLowerCase() === wanted.toLowerCase());
  if (known === undefined) notices.push({ code: 'voice-unknown', about: { voice: wanted } });
  return known;
}

function thinkingConfig(
  settings: LiveSettings,
  { thinking }: ModelCapabilities,
  notices: SessionNotice[],
): ThinkingConfig | undefined {
  const { model, thinking: wanted } = settings;
  switch (thinking.kind) {
    case 'refused':
      if (wanted !== 'default') notices.push({ code: 'thinking-unsupported', about: { model, asked: wanted } });
      return undefined;
    case 'budget':
      return wanted === 'default' ? undefined : { thinkingBudget: thinking.tokens[wanted] };
    case 'level': {
      const taken = wanted === 'default' || !thinking.levels.includes(wanted) ? thinking.required : wanted;
      if (wanted !== 'default' && taken !== wanted) {
        const used = taken ?? 'default';
        notices.push({ code: 'thinking-level-unsupported', about: { model, asked: wanted, used } });
      }
      return taken === undefined ? undefined : { thinkingLevel: enumValue<ThinkingLevel>(LEVELS[taken]) };
    }
  }
}

const LEVELS = { minimal: 'MINIMAL', low: 'LOW', medium: 'MEDIUM', high: 'HIGH' } as const;

const MEDIA_RESOLUTIONS = {
  low: 'MEDIA_RESOLUTION_LOW',
  medium: 'MEDIA_RESOLUTION_MEDIUM',
  high: 'MEDIA_RESOLUTION_HIGH',
} as const;

/**
 * Every model takes `parameters`; with `parametersJsonSchema` Live models were seen to call with empty arguments
 * (googleapis/python-genai issue 1147). What that schema does not know is left out, so a tool still has to check its
 * arguments.
 */
export function toolsOf(tools: readonly ToolDeclaration[], { toolBehavior }: ModelCapabilities): Tool[] {
  if (tools.length === 0) return [];
  const functionDeclarations = tools.map(({ name, description, parametersJsonSchema }) => {
    const declaration: FunctionDeclaration = { name, description };
    const { schema: parameters } = schemaOf(parametersJsonSchema);
    // An object without properties is refused.
    if (Object.keys(parameters.properties ?? {}).length > 0) declaration.parameters = parameters;
    if (toolBehavior !== undefined) declaration.behavior = enumValue<Behavior>(toolBehavior);
    return declaration;
  });
  return [{ functionDeclarations }];
}
