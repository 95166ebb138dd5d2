/** What a message names in braces: `{host}`. */
export type Named = Readonly<Record<string, string | number>>;

/** Looks a message up in the person's language and fills in what it names. */
type Translate = (message: string, named: Named) => string;

let translate: Translate = inEnglish;

/** Messages are in English until activation hands in `vscode.l10n.t`; tests therefore need no VS Code. */
export function translateWith(given: Translate): void {
  translate = given;
}

/**
 * Says a message in the person's language. Give it the message as a literal, as tools expect that collect messages for
 * translators.
 *
 * @param message English, with `{name}` for each value to fill in
 */
export function t(message: string, named: Named = {}): string {
  return translate(message, named);
}

function inEnglish(message: string, named: Named): string {
  return message.replaceAll(/\{(\w+)\}/g, (whole, name: string) => String(named[name] ?? whole));
}
