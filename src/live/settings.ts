import type { AuthClient } from 'google-auth-library';
import type { PictureDetail } from '../protocol/picture.ts';

/** `default` leaves the choice to the service. */
export type Sensitivity = 'default' | 'high' | 'low';

export type ThinkingSetting = 'default' | 'minimal' | 'low' | 'medium' | 'high';

/** How the service decides when the person begins and stops speaking. */
export interface VoiceActivitySettings {
  readonly startSensitivity: Sensitivity;
  readonly endSensitivity: Sensitivity;
  /** Silence that ends an utterance, milliseconds; 500 to 800 is advised. */
  readonly silenceMs: number;
  /** Speech needed before it counts as speech, milliseconds. */
  readonly prefixMs: number;
}

/** What a person may choose about a Live session. Each field is checked against the model before it is sent. */
export interface LiveSettings {
  readonly model: string;
  /** `text`: the TEXT modality where the model takes it; elsewhere the reply is spoken and its transcript is the text. */
  readonly reply: 'voice' | 'text';
  /** One of the prebuilt voices; empty: the model's own. */
  readonly voice: string;
  readonly thinking: ThinkingSetting;
  readonly voiceActivity: VoiceActivitySettings;
  /** A gateway's address, `http:` or `https:`; empty: Google's own. */
  readonly baseUrl: string;
  /** What the model is told about its job; may be empty. */
  readonly instructions: string;
  /** How finely the model looks at pictures (`mediaResolution`), and what they cost. */
  readonly pictureDetail: PictureDetail;
  /** The model may search Google for what it answers. */
  readonly googleSearch: boolean;
  /** What the model may call. */
  readonly tools: readonly ToolDeclaration[];
}

export type LiveCredentials =
  | { readonly kind: 'gemini'; readonly apiKey: string }
  | {
      readonly kind: 'vertex';
      readonly project: string;
      /** A region such as `us-central1`: Live is not served from `global`. */
      readonly location: string;
      /** Who signs requests; absent: application default credentials. */
      readonly authClient?: AuthClient;
    };

export type Service = LiveCredentials['kind'];

/** Microphone audio as the Live API takes it: PCM16 little-endian, mono, 16 kHz. */
export const MICROPHONE_RATE_HZ = 16_000;

/** Reply audio as the Live API gives it: PCM16 little-endian, mono, 24 kHz. */
export const REPLY_RATE_HZ = 24_000;

/** Bytes in one PCM16 sample. */
export const BYTES_PER_SAMPLE = 2;

/** A function that the model may call. */
export interface ToolDeclaration {
  /** Letters, digits and underscores, at most 64; unique. */
  readonly name: string;
  /** For the model: when to call it, and what comes back. */
  readonly description: string;
  /** JSON Schema of an object; see `tool-schema.ts` for the part of it that reaches the model. */
  readonly parametersJsonSchema: object;
}
