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
const setupSource = 'live-api.md 1.5 (setup); SDK LiveClientSetup';
const transcriptionSource = 'live-api.md 1.5 (inputAudioTranscription); SDK AudioTranscriptionConfig';

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
    source: 'live-api.md 1.7 (other enums) and 2.1 (default turnCoverage)',
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
  { message: SETUP, name: 'labels', type: 'string', rule: 'map', service: 'both', source: 'live-api.md 1.2 (2.31)' },
  { message: SETUP, name: 'history_config', type: 'HistoryConfig', service: 'both', source: 'live-api.md 1.4, 1.5' },
  {
    message: SETUP,
    name: 'explicit_vad_signal',
    type: 'bool',
    service: 'vertex',
    source: 'live-api.md 1.5 (Vertex only)',
  },
  {
    message: 'SessionResumptionConfig',
    name: 'transparent',
    type: 'bool',
    service: 'vertex',
    source: 'live-api.md 1.4 and 1.5 (Vertex only)',
  },
  {
    message: 'HistoryConfig',
    name: 'initial_history_in_client_content',
    type: 'bool',
    service: 'both',
    source: 'live-api.md 1.5; SDK HistoryConfig',
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
    source: 'live-api.md 1.5',
  },
  {
    message: 'GenerationConfig',
    name: 'translation_config',
    type: 'TranslationConfig',
    service: 'both',
    source: 'live-api.md 1.5',
  },
  {
    message: 'TranslationConfig',
    name: 'target_language_code',
    type: 'string',
    service: 'both',
    source: 'live-api.md 1.5',
  },
  {
    message: 'TranslationConfig',
    name: 'echo_target_language',
    type: 'bool',
    service: 'both',
    source: 'live-api.md 1.5',
  },
  {
    message: 'ThinkingConfig',
    name: 'thinking_level',
    type: 'ThinkingLevel',
    service: 'both',
    source: 'live-api.md 1.5, 1.7',
  },
  {
    message: 'VoiceConfig',
    name: 'replicated_voice_config',
    type: 'ReplicatedVoiceConfig',
    service: 'both',
    source: 'live-api.md 1.5',
  },
  {
    message: 'VoiceConfig',
    name: 'voice',
    type: 'string',
    service: 'both',
    source: 'live-api.md 1.5; SDK VoiceConfig',
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
    source: 'live-api.md 1.5',
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
    source: 'live-api.md 1.6 (documented for Vertex 3.8; on the Gemini API configuration cannot change)',
  },
  {
    message: 'BidiGenerateContentContextUpdate',
    name: 'system_instruction',
    type: 'Content',
    service: 'vertex',
    source: 'live-api.md 1.6',
  },
  {
    message: 'BidiGenerateContentContextUpdate',
    name: 'tools',
    type: 'ContextUpdateTools',
    service: 'vertex',
    source: 'live-api.md 2.1',
  },
  {
    message: 'ContextUpdateTools',
    name: 'tools',
    type: 'Tool',
    rule: 'repeated',
    service: 'vertex',
    source: 'live-api.md 2.1',
  },
];
