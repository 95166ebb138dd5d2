import type { AuthClient } from 'google-auth-library';
import type { PictureDetail } from '../protocol/picture.ts';

/** `default` leaves the choice to the service. */
export type Sensitivity = 'default' | 'high' | 'low';

export type ThinkingSetting = 'default' | 'minimal' | 'low' | 'medium' | 'high';

export interface VoiceActivitySettings {
  readonly startSensitivity: Sensitivity;
  readonly endSensitivity: Sensitivity;
  /** Silence that ends an utterance, milliseconds; 500 to 800 is advised. */
  readonly silenceMs: number;
  /** Speech needed before it counts as speech, milliseconds. */
  readonly prefixMs: number;
}

/** What a person may choose. Each field is checked against the model before it is sent. */
export interface LiveSettings {
  readonly model: string;
  /** `text` is the TEXT modality where the model takes it; elsewhere the transcript of the spoken reply. */
  readonly reply: 'voice' | 'text';
  /** One of the prebuilt voices; empty: the model's own. */
  readonly voice: string;
  readonly thinking: ThinkingSetting;
  readonly voiceActivity: VoiceActivitySettings;
  /** A gateway's address, `http:` or `https:`; empty: Google's own. */
  readonly baseUrl: string;
  /** What the model is told about its job; may be empty. */
  readonly instructions: string;
  readonly pictureDetail: PictureDetail;
  readonly googleSearch: boolean;
  readonly tools: readonly ToolDeclaration[];
}

export type LiveCredentials =
  | { readonly kind: 'gemini'; readonly apiKey: string }
  | {
      readonly kind: 'vertex';
      readonly project: string;
      /** A region such as `us-central1`: `global` does not serve Live. */
      readonly location: string;
      /** Who signs requests; absent: application default credentials. */
      readonly authClient?: AuthClient;
    };

export type Service = LiveCredentials['kind'];

/** The Live API takes PCM16 little-endian, mono. */
export const MICROPHONE_RATE_HZ = 16_000;

/** The Live API gives PCM16 little-endian, mono. */
export const REPLY_RATE_HZ = 24_000;

export const BYTES_PER_SAMPLE = 2;

export interface ToolDeclaration {
  /** Letters, digits and underscores, at most 64; unique. */
  readonly name: string;
  /** For the model: when to call it, and what comes back. */
  readonly description: string;
  /** JSON Schema of an object; `tool-schema.ts` says which part of it reaches the model. */
  readonly parametersJsonSchema: object;
}
