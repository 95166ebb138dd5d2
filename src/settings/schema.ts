import '../protocol/zod.ts';
import * as z from 'zod';

/** Settings files are edited by hand: what is none of these counts as the default. */
const choice = <const T extends string>(allowed: readonly [T, ...T[]], otherwise: NoInfer<T>) =>
  z.enum(allowed).catch(otherwise);

const text = (otherwise = '') => z.string().trim().catch(otherwise);

const flag = (otherwise: boolean) => z.boolean().catch(otherwise);

/** A number beyond its bounds counts as the bound. */
const within = (low: number, high: number, otherwise: number) =>
  z
    .number()
    .transform((value) => Math.round(Math.min(high, Math.max(low, value))))
    .catch(otherwise);

/** Patterns as in `.gitignore`; what is no pattern is passed over. Their default stands in package.json alone. */
export const excludePatterns = z
  .array(z.unknown())
  .transform((given) => given.filter((pattern) => typeof pattern === 'string'))
  .catch([]);

/** Which tools of others the person lets the model call: by name, or all that are installed. */
export type OthersSetting = readonly string[] | 'all';

/** `off`, `*`, a name or a list of names. What is written there by mistake lets nothing in. */
const toolsOfOthers = z.unknown().transform((given): OthersSetting => {
  const named = [given].flat().filter((one) => typeof one === 'string');
  if (named.includes('*')) return 'all';
  return named
    .flatMap((names) => names.split(','))
    .map((name) => name.trim())
    .filter((name) => name !== '' && name !== 'off');
});

/** Every setting by its name below `talkthrough.`, as package.json has them; a test holds the two against each other. */
export const settingsSchema = z.object({
  service: choice(['gemini', 'vertex'], 'gemini'),
  model: z.string().trim().min(1).catch('gemini-3.8-live'),
  reply: choice(['voice', 'text'], 'voice'),
  voice: text(),
  thinking: choice(['default', 'minimal', 'low', 'medium', 'high'], 'default'),
  'voiceActivity.startSensitivity': choice(['default', 'high', 'low'], 'default'),
  'voiceActivity.endSensitivity': choice(['default', 'high', 'low'], 'default'),
  'voiceActivity.silenceMs': within(100, 5_000, 700),
  'voiceActivity.prefixMs': within(0, 2_000, 300),
  'microphone.processing': flag(true),
  capture: choice(['auto', 'panel', 'page'], 'auto'),
  'page.openIn': choice(['auto', 'system', 'integrated'], 'auto'),
  'picture.detail': choice(['low', 'medium', 'high'], 'medium'),
  'privacy.exclude': excludePatterns,
  googleSearch: flag(false),
  instructions: text(),
  'tools.others': toolsOfOthers,
  'vertex.project': text(),
  'vertex.location': text('us-central1'),
  baseUrl: text(),
});

export type SettingName = keyof typeof settingsSchema.shape;

type Values = z.infer<typeof settingsSchema>;

/** `auto`: the panel where it may capture, else the page. */
export type CaptureSetting = Values['capture'];

/** Where the page opens: the system's browser (`auto` too), or VS Code's integrated one where there is one. */
export type OpenIn = Values['page.openIn'];

/** The settings as the parts of the extension take them. */
export interface Settings {
  /** What a session is made with; the model of another session may take others. */
  readonly live: {
    readonly model: string;
    readonly reply: Values['reply'];
    readonly voice: string;
    readonly thinking: Values['thinking'];
    readonly voiceActivity: {
      readonly startSensitivity: Values['voiceActivity.startSensitivity'];
      readonly endSensitivity: Values['voiceActivity.endSensitivity'];
      readonly silenceMs: number;
      readonly prefixMs: number;
    };
    readonly baseUrl: string;
    readonly pictureDetail: Values['picture.detail'];
    readonly googleSearch: boolean;
    /** What the person adds to what the model is told. */
    readonly instructions: string;
  };
  readonly service: 'Gemini API' | 'Vertex AI';
  /** Echo cancellation, noise suppression and automatic gain on the microphone. */
  readonly processing: boolean;
  readonly capture: CaptureSetting;
  readonly openPageIn: OpenIn;
  readonly toolsOfOthers: OthersSetting;
  readonly vertex: { readonly project: string; readonly location: string };
}

/** Reads settings from whatever holds them; it never throws, since each setting has a default. */
export function settingsFrom(valueOf: (name: string) => unknown): Settings {
  const names = Object.keys(settingsSchema.shape);
  const at = settingsSchema.parse(Object.fromEntries(names.map((name) => [name, valueOf(name)])));
  return {
    live: {
      model: at.model,
      reply: at.reply,
      voice: at.voice,
      thinking: at.thinking,
      voiceActivity: {
        startSensitivity: at['voiceActivity.startSensitivity'],
        endSensitivity: at['voiceActivity.endSensitivity'],
        silenceMs: at['voiceActivity.silenceMs'],
        prefixMs: at['voiceActivity.prefixMs'],
      },
      baseUrl: at.baseUrl,
      pictureDetail: at['picture.detail'],
      googleSearch: at.googleSearch,
      instructions: at.instructions,
    },
    service: at.service === 'vertex' ? 'Vertex AI' : 'Gemini API',
    processing: at['microphone.processing'],
    capture: at.capture,
    openPageIn: at['page.openIn'],
    toolsOfOthers: at['tools.others'],
    vertex: { project: at['vertex.project'], location: at['vertex.location'] },
  };
}
