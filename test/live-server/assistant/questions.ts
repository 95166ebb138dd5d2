// What a typed question asks of the modest assistant, by a few plain words.
import type { BoxCoordinates } from '../../sight/find-phrase.ts';

export type Question =
  | { readonly kind: 'count'; readonly to: number }
  | { readonly kind: 'time' }
  /** Cut a part out of what is shared and read that. */
  | { readonly kind: 'look-closer'; readonly region: BoxCoordinates; readonly place: string }
  /** Find these words in what is shown and point at them. */
  | { readonly kind: 'point'; readonly phrase: string }
  /** What the person has open in the editor. */
  | { readonly kind: 'open' }
  /** What a piece of code does. `name`: absent for "this", where the cursor is; "it" for what was spoken of last. */
  | { readonly kind: 'explain'; readonly name?: string }
  | { readonly kind: 'explain-file' }
  | { readonly kind: 'problems' }
  | { readonly kind: 'uses'; readonly name?: string }
  | { readonly kind: 'rename'; readonly name?: string; readonly to: string }
  | { readonly kind: 'read' }
  | { readonly kind: 'see' }
  | { readonly kind: 'remember' }
  | { readonly kind: 'hello' }
  | { readonly kind: 'other' };

/** A name as it stands in code. */
const NAME = '[\\p{L}_$][\\p{L}\\p{N}_$]*';
/** What code is asked about: a name, or that which the person points at. */
const SUBJECT = `(?:the (?:function|method|class|variable|constant|type|name) )?[\`"']?(${NAME})[\`"']?(?:\\s+(?:function|method|class|variable|code|file|line))?`;

function codeQuestion(text: string): Question | undefined {
  const find = (form: string): RegExpExecArray | null =>
    new RegExp(form.replaceAll('SUBJECT', SUBJECT), 'iu').exec(text);
  const [, old, to] = find(`\\brename\\s+SUBJECT\\s+(?:to|into|as)\\s+[\`"']?(${NAME})`) ?? [];
  if (to !== undefined) return { kind: 'rename', ...named(old), to };
  const used = find('\\bwhere (?:is|are|do I use|do we use)\\s+SUBJECT\\s*(?:used|called|referenced|mentioned)?') ?? [];
  if (used[1] !== undefined && /\b(use[ds]?|called|referenced|mentioned)\b/i.test(text))
    return { kind: 'uses', ...named(used[1]) };
  const [, user] =
    find('\\b(?:who|what) (?:uses|calls)\\s+SUBJECT') ?? find('\\b(?:uses|usages|references) of\\s+SUBJECT') ?? [];
  if (user !== undefined) return { kind: 'uses', ...named(user) };
  if (/\b(problems?|errors?|wrong|broken)\b/i.test(text)) return { kind: 'problems' };
  if (/\b(what|which)\b.*\bopen\b/i.test(text)) return { kind: 'open' };
  if (/\bwhat does (this|the) file do\b|\bexplain (this|the) file\b|\bwhat is (in )?this file\b/i.test(text))
    return { kind: 'explain-file' };
  const [, explained] = find('\\bwhat (?:does|do)\\s+SUBJECT\\s+(?:do|mean)\\b') ?? find('\\bexplain\\s+SUBJECT') ?? [];
  return explained === undefined ? undefined : { kind: 'explain', ...named(explained) };
}

function named(word: string | undefined): { name?: string } {
  if (word === undefined || /^(this|that|here|these|the)$/i.test(word)) return {};
  return { name: /^it$/i.test(word) ? 'it' : word };
}

export function understand(text: string): Question {
  const [, limit] = /\bcount\D*(\d+)/i.exec(text) ?? [];
  if (limit !== undefined) return { kind: 'count', to: Number(limit) };
  if (/\b(what|tell)\b.*\b(time|clock)\b/i.test(text)) return { kind: 'time' };
  if (/\b(closer|zoom|magnify)\b/i.test(text)) return { kind: 'look-closer', ...regionOf(text) };
  const aboutCode = codeQuestion(text);
  if (aboutCode !== undefined) return aboutCode;
  const [, sought] = /\b(?:where (?:is|are)|point (?:at|to)|find)\s+(.+?)[?.!\s]*$/i.exec(text) ?? [];
  if (sought !== undefined)
    return { kind: 'point', phrase: sought.replaceAll(/^(the (words?|text)|the)\s+|["“”'‘’]/gi, '') };
  if (/\bread\b|\bwritten\b|\bwhat (do|does|is) (it|this|that|they|the)\b.*\b(say|read)/i.test(text))
    return { kind: 'read' };
  if (/\b(before|remember|repeat|again|said|say)\b/i.test(text)) return { kind: 'remember' };
  if (/\b(see|look|picture|image|screen|camera|show)/i.test(text)) return { kind: 'see' };
  return /^\s*(hello|hi|hey)\b/i.test(text) ? { kind: 'hello' } : { kind: 'other' };
}

/** The quarter, half or middle that the words name. */
function regionOf(text: string): { region: BoxCoordinates; place: string } {
  const names = (...words: string[]): string | undefined =>
    words.find((word) => new RegExp(`\\b${word}\\b`, 'i').test(text));
  const vertical = names('top', 'upper') !== undefined ? 'top' : names('bottom', 'lower') !== undefined ? 'bottom' : '';
  const horizontal = names('left', 'right') ?? '';
  const place = `${vertical} ${horizontal}`.trim();
  if (place === '') return { region: [250, 250, 750, 750], place: 'middle' };
  const [top, bottom] = vertical === 'top' ? [0, 500] : vertical === 'bottom' ? [500, 1000] : [0, 1000];
  const [left, right] = horizontal === 'left' ? [0, 500] : horizontal === 'right' ? [500, 1000] : [0, 1000];
  return { region: [top, left, bottom, right], place };
}
