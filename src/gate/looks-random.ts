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
export function looksSecret(text: string): boolean {
  if (/\s/.test(text) || PLACEHOLDER.test(text) || ADDRESS.test(text)) return false;
  // A path, an address, a name of a program or a sentence in code: of letters and their joints only.
  if (/^[A-Za-z_$][A-Za-z_$]*(?:[./:_-][A-Za-z_$]+)*$/.test(text)) return text.length >= 20 && isMixed(text);
  return kinds(text) >= 2 && entropyBits(text) >= Math.min(TYPED_BITS, Math.log2(text.length) - SHORTFALL_BITS);
}

/** Whether a text was made by chance: long, of mixed kinds, with no order in it. */
export function looksRandom(text: string): boolean {
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
