/** What stands in the place of a secret. */
export const SECRET_MASK = '‹secret masked›';

/** Where in a text a secret is, in UTF-16 units; `end` is the first after it. */
export interface SecretSpan {
  readonly start: number;
  readonly end: number;
}

interface Shape {
  /** One of these stands in every match: most texts have none of them, and need not be gone through. */
  readonly marks?: readonly string[];
  /** Global, with indices; the group `secret` is what is masked, all of it where there is no such group. */
  readonly pattern: RegExp;
  /** Whether a match is one. */
  readonly isSecret?: (secret: string) => boolean;
}

/** Names by which secrets are assigned; a name that goes on as one of these says where the secret is, or what it is like. */
const ABOUT = String.raw`(?![\w-]{0,20}(?:ur[il]|type|name|path|file|endpoint|header|field|param|length|pattern|format|prefix|regexp?)s?\b)`;

const NAME = String.raw`(?:pass(?:word|wd|phrase)|passwd|pwd|secret|token|api[_-]?key|access[_-]?key|private[_-]?key|account[_-]?key|auth[_-]?key|encryption[_-]?key|signing[_-]?key|credential)s?${ABOUT}`;

/**
 * What may stand in a line before a name: a file and a number as of `grep -n`, a mark as of a diff, a time as of a log. No
 * quotes, open brackets and lists, as in code, where a name might as well be assigned another name.
 */
const BEFORE = String.raw`^(?:[^,;("'\x60\r\n]|,(?!\s)|\([^()"'\x60\r\n]{0,100}\)){0,400}?`;

/**
 * Shapes of secrets: those that their makers gave a prefix so that they can be found, then what is assigned to a telling name
 * and looks made by chance. Quantifiers are bounded, so that none takes more than linear time.
 */
const SHAPES: readonly Shape[] = [
  // All that follows the first line of a key, also where the last is cut off, or line breaks are written as \\n.
  {
    marks: ['-----BEGIN '],
    pattern:
      /-----BEGIN [A-Z0-9 ]{0,40}(?:PRIVATE KEY|CERTIFICATE)(?: BLOCK)?-----(?<secret>(?:(?!-----)(?:\\[rn]|[\w+/=\s:,."'`-])){16,20000})/dg,
    isSecret: (secret) => /[A-Za-z0-9+/]{16}/.test(secret),
  },
  { marks: ['AIza'], pattern: /\bAIza[0-9A-Za-z_-]{30,}/dg },
  { marks: ['ya29.'], pattern: /\bya29\.[0-9A-Za-z._-]{20,}/dg },
  { marks: ['GOCSPX-'], pattern: /\bGOCSPX-[0-9A-Za-z_-]{20,}/dg },
  { marks: ['AKIA', 'ASIA', 'ABIA', 'ACCA'], pattern: /\b(?:AKIA|ASIA|ABIA|ACCA)[0-9A-Z]{16}\b/dg },
  {
    marks: ['ghp_', 'gho_', 'ghu_', 'ghs_', 'ghr_', 'github_pat_'],
    pattern: /\b(?:gh[pousr]_[0-9A-Za-z]{30,}|github_pat_[0-9A-Za-z_]{30,})/dg,
  },
  {
    marks: ['glpat-', 'glptt-', 'gldt-', 'glrt-', 'glcbt-'],
    pattern: /\bgl(?:pat|ptt|dt|rt|cbt)-[0-9A-Za-z_.-]{20,}/dg,
  },
  { marks: ['xox'], pattern: /\bxox[abeoprs]-[0-9A-Za-z-]{10,}/dg },
  { marks: ['xapp-'], pattern: /\bxapp-\d-[0-9A-Za-z-]{10,}/dg },
  { marks: ['hooks.slack'], pattern: /hooks\.slack\.com\/services\/(?<secret>[0-9A-Za-z/_-]{20,})/dg },
  { marks: ['k_live_', 'k_test_', 'whsec_'], pattern: /\b(?:[sr]k_(?:live|test)_|whsec_)[0-9A-Za-z]{16,}/dg },
  { marks: ['sk-'], pattern: /\bsk-(?:ant-|proj-|svcacct-|or-)[0-9A-Za-z_-]{16,}/dg },
  { marks: ['sk-'], pattern: /\bsk-[0-9A-Za-z]{32,}/dg, isSecret: looksRandom },
  { marks: ['npm_'], pattern: /\bnpm_[0-9A-Za-z]{36,}/dg },
  { marks: ['pypi-'], pattern: /\bpypi-[0-9A-Za-z_-]{50,}/dg },
  { marks: ['hf_'], pattern: /\bhf_[0-9A-Za-z]{30,}/dg },
  { marks: ['dop_v1_'], pattern: /\bdop_v1_[0-9a-f]{60,}/dg },
  { marks: ['SG.'], pattern: /\bSG\.[0-9A-Za-z_-]{16,}\.[0-9A-Za-z_-]{16,}/dg },
  { marks: ['eyJ'], pattern: /\beyJ[0-9A-Za-z_-]{8,}\.eyJ[0-9A-Za-z_-]{8,}\.[0-9A-Za-z_-]{8,}/dg },
  {
    pattern:
      /\bauthorization["']?\s{0,4}[:=]\s{0,4}["']?(?:bearer|basic|token)\s{1,4}(?<secret>[0-9A-Za-z._~+/=-]{12,})/dgi,
  },
  { pattern: /\bbearer\s{1,4}(?<secret>[0-9A-Za-z._~+/=-]{20,})/dgi, isSecret: looksRandom },
  // postgres://user:password@host
  {
    marks: ['://'],
    pattern: /\b[a-z][a-z0-9+.-]{1,30}:\/\/[^\s:/@"'`<>]{0,100}:(?<secret>[^\s/@"'`<>]{1,200})@[^\s"'`<>]/dgi,
    isSecret: (secret) => !isPlaceholder(secret),
  },
  // Azure and ADO.NET: AccountKey=…; Pwd=…;
  {
    marks: ['AccountKey=', 'SharedAccessKey=', 'Password=', 'Pwd='],
    pattern: /\b(?:AccountKey|SharedAccessKey|Password|Pwd)=(?<secret>[^;\s"'`]{6,200});?/dg,
    isSecret: looksSecret,
  },
  // password: "…", 'api_key' => '…', SECRET = `…`
  {
    pattern: new RegExp(
      String.raw`${NAME}[\w-]{0,30}["'\x60]?\s{0,4}(?::|=>?|:=)\s{0,4}(?<quote>["'\x60])(?<secret>[^"'\x60\r\n]{6,500})\k<quote>`,
      'dgi',
    ),
    isSecret: looksSecret,
  },
  // DB_PASSWORD=…, export TOKEN=…, as in a shell, a .properties file or a terminal's output
  {
    pattern: new RegExp(String.raw`${BEFORE}${NAME}[\w.-]{0,30}=(?<secret>[^\s"'\x60]{6,500})[ \t]*$`, 'dgim'),
    isSecret: looksSecret,
  },
  // password: … of YAML: what is not quoted might as well be a name of a program, so it must look made by chance.
  {
    pattern: new RegExp(
      String.raw`${BEFORE}${NAME}[\w.-]{0,30}:[ \t]{1,4}(?<secret>[^\s"'\x60,;(){}[\]]{12,500})[ \t]*$`,
      'dgim',
    ),
    isSecret: looksRandom,
  },
];

/** Secrets in a text, from its beginning to its end, none over another. */
export function secretSpans(text: string): readonly SecretSpan[] {
  const found: SecretSpan[] = [];
  for (const { marks, pattern, isSecret = () => true } of SHAPES) {
    if (marks?.some((mark) => text.includes(mark)) === false) continue;
    for (const match of text.matchAll(pattern)) {
      const [start, end] = match.indices?.groups?.['secret'] ?? match.indices?.[0] ?? [0, 0];
      if (end > start && isSecret(text.slice(start, end))) found.push({ start, end });
    }
  }
  return joined(found);
}

/** The text with its secrets masked; each line stays where it is. */
export function maskSecrets(text: string): string {
  let masked = '';
  let from = 0;
  for (const { start, end } of secretSpans(text)) {
    masked += text.slice(from, start) + maskOf(text.slice(start, end));
    from = end;
  }
  return masked + text.slice(from);
}

/** One mask for each line that had anything. */
function maskOf(secret: string): string {
  return secret
    .split(/(\r?\n|\r)/)
    .map((part) => (part.trim() === '' ? part : SECRET_MASK))
    .join('');
}

function joined(spans: readonly SecretSpan[]): SecretSpan[] {
  const result: SecretSpan[] = [];
  for (const span of spans.toSorted((a, b) => a.start - b.start)) {
    const last = result.at(-1);
    if (last === undefined || span.start >= last.end) result.push(span);
    else result[result.length - 1] = { start: last.start, end: Math.max(last.end, span.end) };
  }
  return result;
}

/** `${PASSWORD}`, `<password>`, `$PASS`, `****`, `password`: nothing is lost by showing it. */
function isPlaceholder(text: string): boolean {
  return /^(?:[$%<{[].*|x+|\*+|\.+|user|username|pass|passwd|password|secret|token|changeme|example)$/i.test(text);
}

/** Bits a character, of what is typed by hand and of what was made by chance. */
const TYPED_BITS = 2.6;
const RANDOM_BITS = 3;
/** The most that so few characters can have, less what chance repeats. */
const SHORTFALL_BITS = 0.6;

/** An address, or a version. */
const ADDRESS = /^[a-z][a-z0-9+.-]*:|^[\^~]?\d+(?:\.\d+)+$/i;

const PLACEHOLDER =
  /^[$%<{[]|\$\{|\{\{|^(?:process\.|import\.|env\.|os\.|your|my|example|test|dummy|fake|sample|xxx|placeholder)|\.\.\.|…|‹/i;

/** Whether a text that is assigned to a telling name, in quotes or in an environment, is a secret and no word for one. */
function looksSecret(text: string): boolean {
  if (/\s/.test(text) || PLACEHOLDER.test(text) || ADDRESS.test(text)) return false;
  // A path, an address, a name of a program or a sentence in code: of letters and their joints only.
  if (/^[A-Za-z_$][A-Za-z_$]*(?:[./:_-][A-Za-z_$]+)*$/.test(text)) return text.length >= 20 && isMixed(text);
  return kinds(text) >= 2 && entropyBits(text) >= Math.min(TYPED_BITS, Math.log2(text.length) - SHORTFALL_BITS);
}

/** Whether a text was made by chance: long, of mixed kinds, with no order in it. */
function looksRandom(text: string): boolean {
  if (!looksSecret(text) || text.length < 12) return false;
  const digits = text.replace(/\D/g, '').length;
  return digits >= 2 && entropyBits(text) >= RANDOM_BITS && !/^[A-Za-z_$][\w$]*(?:[.][A-Za-z_$][\w$]*)+$/.test(text);
}

/** Letters that change between large and small as often as those of a key do. */
function isMixed(text: string): boolean {
  const changes = text.match(/[a-z][A-Z]|[A-Z][a-z]/g)?.length ?? 0;
  return changes / text.length > 0.35 && entropyBits(text) >= 3.5;
}

/** Small letters, large letters, digits, others. */
function kinds(text: string): number {
  return [/[a-z]/, /[A-Z]/, /\d/, /[^A-Za-z0-9]/].filter((kind) => kind.test(text)).length;
}

/** Shannon's, of the text's own characters. */
function entropyBits(text: string): number {
  const counts = new Map<string, number>();
  for (const character of text) counts.set(character, (counts.get(character) ?? 0) + 1);
  const { length } = text;
  let bits = 0;
  for (const count of counts.values()) bits -= (count / length) * Math.log2(count / length);
  return bits;
}
