// What each Live model accepts (docs/live-api.md, "What each model accepts"). One wrong field closes the socket.
import type { Service } from './protos.ts';

export interface LiveModel {
  /** Without `models/`. */
  name: string;
  services: readonly Service[];
  /** What `generationConfig.thinkingConfig` must be. */
  thinking: 'refused' | 'level-required' | 'level' | 'budget';
  /** What `behavior` of a function may be, beside being left out. */
  behaviors: readonly ('BLOCKING' | 'NON_BLOCKING')[];
  /** Whether `scheduling` of a function response is known. */
  scheduling: boolean;
  /** `fixed-on`: it cannot be switched off. */
  proactivity: 'fixed-on' | 'refused' | 'optional';
  /** Services where `enableAffectiveDialog` is taken. */
  affectiveDialog: readonly Service[];
  clientContent: 'throughout' | 'initial-history-only';
  /** Whether one message may carry several audio parts. */
  severalParts: boolean;
  /** Whether it announces IN_PROGRESS and IDLE. */
  interactionStatus: boolean;
  /** Whether `contextUpdate` may change instructions and tools in mid-session, on Vertex. */
  contextUpdate: boolean;
  /** Tools beside function declarations and Google Search. */
  codeExecution: boolean;
  /**
   * Whether transcripts of replies and resumption updates come although nobody asked (docs/live-api.md, "What the
   * service sends" and "Resuming a session").
   */
  sendsUnasked: boolean;
  modalities: readonly ('AUDIO' | 'TEXT')[];
}

const live38: LiveModel = {
  name: 'gemini-3.8-live',
  services: ['gemini', 'vertex'],
  thinking: 'refused',
  behaviors: ['BLOCKING', 'NON_BLOCKING'],
  scheduling: true,
  proactivity: 'fixed-on',
  affectiveDialog: ['vertex'],
  clientContent: 'throughout',
  severalParts: true,
  interactionStatus: false,
  contextUpdate: true,
  codeExecution: false,
  sendsUnasked: true,
  modalities: ['AUDIO'],
};

const native25: LiveModel = {
  ...live38,
  name: 'gemini-2.5-flash-native-audio-preview-12-2025',
  services: ['gemini'],
  thinking: 'budget',
  proactivity: 'optional',
  affectiveDialog: ['gemini', 'vertex'],
  severalParts: false,
  contextUpdate: false,
  codeExecution: true,
  sendsUnasked: false,
};

/** A model that does not exist: the only one that answers in TEXT, so that clients' text path can be tested. */
export const TEXT_MODEL = 'pretend-text-live';

export const LIVE_MODELS: readonly LiveModel[] = [
  live38,
  {
    ...live38,
    name: 'gemini-3.8-live-extended-thinking',
    services: ['gemini'],
    thinking: 'level-required',
    behaviors: ['NON_BLOCKING'],
    scheduling: false,
    affectiveDialog: [],
    interactionStatus: true,
  },
  {
    ...live38,
    name: 'gemini-3.1-flash-live-preview',
    services: ['gemini'],
    thinking: 'level',
    behaviors: ['BLOCKING'],
    scheduling: false,
    proactivity: 'refused',
    affectiveDialog: [],
    clientContent: 'initial-history-only',
    sendsUnasked: false,
  },
  native25,
  { ...native25, name: 'gemini-live-2.5-flash-native-audio', services: ['vertex'] },
];

/** The pretend model under a name of one's choice: takes AUDIO and TEXT, and otherwise what 2.5 takes. */
export function textModel(name: string): LiveModel {
  return { ...native25, name, services: ['gemini', 'vertex'], modalities: ['AUDIO', 'TEXT'] };
}

/** The 30 prebuilt voices (docs/live-api.md, "Voices"). */
export const PREBUILT_VOICES = new Set(
  (
    'Zephyr Puck Charon Kore Fenrir Leda Orus Aoede Callirrhoe Autonoe Enceladus Iapetus Umbriel Algieba Despina Erinome ' +
    'Algenib Rasalgethi Laomedeia Achernar Alnilam Schedar Gacrux Pulcherrima Achird Zubenelgenubi Vindemiatrix ' +
    'Sadachbia Sadaltager Sulafat'
  ).split(' '),
);
