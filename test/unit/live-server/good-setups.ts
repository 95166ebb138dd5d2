import type { JsonObject } from '../../live-server/wire/json-value.ts';

/** What Google takes, beside the model's name. */
export const goodSetups: readonly { what: string; setup: JsonObject }[] = [
  { what: 'nothing but a model', setup: {} },
  {
    what: 'everything a client may ask of 3.8',
    setup: {
      generationConfig: {
        responseModalities: ['AUDIO'],
        temperature: 0.7,
        mediaResolution: 'MEDIA_RESOLUTION_LOW',
        speechConfig: { voiceConfig: { prebuiltVoiceConfig: { voiceName: 'Kore' } } },
      },
      systemInstruction: { parts: [{ text: 'Be brief.' }], role: 'user' },
      tools: [
        {
          functionDeclarations: [
            {
              name: 'read',
              description: 'reads',
              behavior: 'BLOCKING',
              parameters: { type: 'OBJECT', properties: { path: { type: 'STRING' } } },
            },
          ],
        },
        { googleSearch: {} },
      ],
      sessionResumption: {},
      inputAudioTranscription: { languageCodes: ['en-US'] },
      outputAudioTranscription: {},
      realtimeInputConfig: {
        automaticActivityDetection: {
          startOfSpeechSensitivity: 'START_SENSITIVITY_LOW',
          silenceDurationMs: 700,
          prefixPaddingMs: 300,
        },
        activityHandling: 'START_OF_ACTIVITY_INTERRUPTS',
        turnCoverage: 'TURN_INCLUDES_AUDIO_ACTIVITY_AND_ALL_VIDEO',
      },
      contextWindowCompression: { triggerTokens: '25000', slidingWindow: { targetTokens: '8000' } },
      proactivity: { proactiveAudio: true },
      historyConfig: { initialHistoryInClientContent: true },
    },
  },
  {
    what: "the proto's own names",
    setup: { generation_config: { response_modalities: ['AUDIO'] }, session_resumption: {} },
  },
  {
    what: 'a thinking level for extended thinking',
    setup: {
      model: 'models/gemini-3.8-live-extended-thinking',
      generationConfig: { thinkingConfig: { thinkingLevel: 'HIGH', includeThoughts: true } },
    },
  },
  {
    what: 'a thinking budget and affective dialog for 2.5',
    setup: {
      model: 'models/gemini-2.5-flash-native-audio-preview-12-2025',
      generationConfig: { thinkingConfig: { thinkingBudget: 0 }, enableAffectiveDialog: true },
    },
  },
];
