// Fields the Live API accepts that are newer than the protos in @google-ai/generativelanguage 4.1.0.
// Each names where it is known from: "SDK" is the type of that name in @google/genai 3.1.0, and its converters say
// which service takes it.

export interface NewerField {
  message: string;
  name: string;
  /** A protobuf scalar or a message or enum of the package. */
  type: string;
  rule?: 'repeated' | 'map';
  service: 'both' | 'vertex';
  source: string;
}

const SETUP = 'BidiGenerateContentSetup';
const TRANSCRIPTION = 'AudioTranscriptionConfig';
const setupPage = 'docs/live-api.md, "The setup message"';
const sentPage = 'docs/live-api.md, "What a client may send"';
const setupSource = `${setupPage}; SDK LiveClientSetup`;
const transcriptionSource = `${setupPage}; SDK AudioTranscriptionConfig`;

export const newerMessages = {
  messages: [
    'AvatarConfig',
    'CustomizedAvatar',
    'HistoryConfig',
    'LanguageAuto',
    'LanguageHints',
    'ProactivityConfig',
    'ReplicatedVoiceConfig',
    'TranslationConfig',
    'BidiGenerateContentContextUpdate',
    'ContextUpdateTools',
  ],
  enums: {
    ThinkingLevel: ['THINKING_LEVEL_UNSPECIFIED', 'LOW', 'HIGH', 'MINIMAL', 'MEDIUM'],
    AudioTranscriptionMode: ['MODE_UNSPECIFIED', 'VERBATIM', 'SMART'],
  },
} as const;

export const newerEnumValues = [
  {
    enumName: 'RealtimeInputConfig.TurnCoverage',
    value: 'TURN_INCLUDES_AUDIO_ACTIVITY_AND_ALL_VIDEO',
    source: `${setupPage} and "What each model accepts"`,
  },
] as const;

export const newerFields: readonly NewerField[] = [
  { message: SETUP, name: 'proactivity', type: 'ProactivityConfig', service: 'both', source: setupSource },
  { message: SETUP, name: 'avatar_config', type: 'AvatarConfig', service: 'both', source: setupSource },
  {
    message: SETUP,
    name: 'safety_settings',
    type: 'SafetySetting',
    rule: 'repeated',
    service: 'both',
    source: setupSource,
  },
  {
    message: SETUP,
    name: 'labels',
    type: 'string',
    rule: 'map',
    service: 'both',
    source: 'docs/live-api.md, "The SDK" (2.31)',
  },
  { message: SETUP, name: 'history_config', type: 'HistoryConfig', service: 'both', source: setupPage },
  {
    message: SETUP,
    name: 'explicit_vad_signal',
    type: 'bool',
    service: 'vertex',
    source: `${setupPage} (Vertex only)`,
  },
  {
    message: 'SessionResumptionConfig',
    name: 'transparent',
    type: 'bool',
    service: 'vertex',
    source: `${setupPage} (Vertex only)`,
  },
  {
    message: 'HistoryConfig',
    name: 'initial_history_in_client_content',
    type: 'bool',
    service: 'both',
    source: `${setupPage}; SDK HistoryConfig`,
  },
  { message: 'ProactivityConfig', name: 'proactive_audio', type: 'bool', service: 'both', source: setupSource },
  { message: 'ProactivityConfig', name: 'proactive_video', type: 'bool', service: 'both', source: setupSource },
  { message: 'AvatarConfig', name: 'avatar_name', type: 'string', service: 'both', source: 'SDK AvatarConfig' },
  {
    message: 'AvatarConfig',
    name: 'customized_avatar',
    type: 'CustomizedAvatar',
    service: 'both',
    source: 'SDK AvatarConfig',
  },
  {
    message: 'CustomizedAvatar',
    name: 'image_mime_type',
    type: 'string',
    service: 'both',
    source: 'SDK CustomizedAvatar',
  },
  { message: 'CustomizedAvatar', name: 'image_data', type: 'bytes', service: 'both', source: 'SDK CustomizedAvatar' },
  { message: 'AvatarConfig', name: 'audio_bitrate_bps', type: 'int32', service: 'both', source: 'SDK AvatarConfig' },
  { message: 'AvatarConfig', name: 'video_bitrate_bps', type: 'int32', service: 'both', source: 'SDK AvatarConfig' },
  {
    message: 'GenerationConfig',
    name: 'enable_affective_dialog',
    type: 'bool',
    service: 'both',
    source: setupPage,
  },
  {
    message: 'GenerationConfig',
    name: 'translation_config',
    type: 'TranslationConfig',
    service: 'both',
    source: setupPage,
  },
  {
    message: 'TranslationConfig',
    name: 'target_language_code',
    type: 'string',
    service: 'both',
    source: setupPage,
  },
  {
    message: 'TranslationConfig',
    name: 'echo_target_language',
    type: 'bool',
    service: 'both',
    source: setupPage,
  },
  {
    message: 'ThinkingConfig',
    name: 'thinking_level',
    type: 'ThinkingLevel',
    service: 'both',
    source: setupPage,
  },
  {
    message: 'VoiceConfig',
    name: 'replicated_voice_config',
    type: 'ReplicatedVoiceConfig',
    service: 'both',
    source: setupPage,
  },
  {
    message: 'VoiceConfig',
    name: 'voice',
    type: 'string',
    service: 'both',
    source: `${setupPage}; SDK VoiceConfig`,
  },
  {
    message: 'ReplicatedVoiceConfig',
    name: 'mime_type',
    type: 'string',
    service: 'both',
    source: 'SDK ReplicatedVoiceConfig',
  },
  {
    message: 'ReplicatedVoiceConfig',
    name: 'voice_sample_audio',
    type: 'bytes',
    service: 'both',
    source: 'SDK ReplicatedVoiceConfig',
  },
  {
    message: 'RealtimeInputConfig',
    name: 'interim_transcript_timestamp_enabled',
    type: 'bool',
    service: 'both',
    source: setupPage,
  },
  {
    message: TRANSCRIPTION,
    name: 'language_codes',
    type: 'string',
    rule: 'repeated',
    service: 'both',
    source: transcriptionSource,
  },
  { message: TRANSCRIPTION, name: 'language_auto', type: 'LanguageAuto', service: 'both', source: transcriptionSource },
  {
    message: TRANSCRIPTION,
    name: 'language_hints',
    type: 'LanguageHints',
    service: 'both',
    source: transcriptionSource,
  },
  {
    message: TRANSCRIPTION,
    name: 'custom_vocabulary',
    type: 'string',
    rule: 'repeated',
    service: 'both',
    source: transcriptionSource,
  },
  {
    message: TRANSCRIPTION,
    name: 'adaptation_phrases',
    type: 'string',
    rule: 'repeated',
    service: 'both',
    source: transcriptionSource,
  },
  { message: TRANSCRIPTION, name: 'word_timestamp', type: 'bool', service: 'both', source: transcriptionSource },
  { message: TRANSCRIPTION, name: 'diarization', type: 'bool', service: 'both', source: transcriptionSource },
  {
    message: TRANSCRIPTION,
    name: 'mode',
    type: 'AudioTranscriptionMode',
    service: 'both',
    source: transcriptionSource,
  },
  { message: TRANSCRIPTION, name: 'source_text', type: 'string', service: 'both', source: transcriptionSource },
  {
    message: 'LanguageHints',
    name: 'language_codes',
    type: 'string',
    rule: 'repeated',
    service: 'both',
    source: 'SDK LanguageHints',
  },
  {
    message: 'BidiGenerateContentClientMessage',
    name: 'context_update',
    type: 'BidiGenerateContentContextUpdate',
    service: 'vertex',
    source: `${sentPage} (Vertex only)`,
  },
  {
    message: 'BidiGenerateContentContextUpdate',
    name: 'system_instruction',
    type: 'Content',
    service: 'vertex',
    source: sentPage,
  },
  {
    message: 'BidiGenerateContentContextUpdate',
    name: 'tools',
    type: 'ContextUpdateTools',
    service: 'vertex',
    source: sentPage,
  },
  {
    message: 'ContextUpdateTools',
    name: 'tools',
    type: 'Tool',
    rule: 'repeated',
    service: 'vertex',
    source: sentPage,
  },
];
