import { secretSpans, SECRET_MASK, type SecretSpan } from '../../gate/secrets.ts';
import { linesOf } from '../file-text.ts';
import type { FoundLine, LineMatch } from './found-lines.ts';

/** Of a long line, what stands around the match. UTF-16 units. */
const BEFORE = 60;
const SHOWN = 240;

/**
 * Lines of a text that match, with the secrets of the whole text masked. A match that a secret has part in is none: who could
 * search inside of secrets would learn them letter by letter.
 */
export function maskedLines(text: string, matches: readonly LineMatch[]): FoundLine[] {
  const lines = linesOf(text);
  const starts = lineStarts(text);
  const secrets = secretSpans(text);
  return matches.flatMap((match) => {
    const line = lines[match.line];
    const start = starts[match.line];
    if (line === undefined || start === undefined) return [];
    const inLine = secrets
      .filter((secret) => secret.end >= start && secret.start <= start + line.length)
      .map((secret) => ({ start: Math.max(0, secret.start - start), end: Math.min(line.length, secret.end - start) }));
    if (inLine.some((secret) => touches(match, secret))) return [];
    return [{ line: match.line + 1, text: shownPart(line, inLine, match) }];
  });
}

function touches({ start, end }: LineMatch, secret: SecretSpan): boolean {
  return start === end ? start >= secret.start && start <= secret.end : start < secret.end && end > secret.start;
}

function lineStarts(text: string): number[] {
  const starts = [0];
  for (const { index, 0: lineBreak } of text.matchAll(/\r\n|\r|\n/g)) starts.push(index + lineBreak.length);
  return starts;
}

function shownPart(line: string, secrets: readonly SecretSpan[], match: LineMatch): string {
  const isLong = line.length > SHOWN;
  const from = isLong ? Math.max(0, Math.min(match.start - BEFORE, line.length - SHOWN)) : 0;
  const to = isLong ? Math.min(line.length, from + SHOWN) : line.length;
  let part = '';
  let at = from;
  for (const secret of secrets) {
    if (secret.end <= at || secret.start >= to) continue;
    part += line.slice(at, Math.max(at, secret.start)) + SECRET_MASK;
    at = secret.end;
  }
  if (at < to) part += line.slice(at, to);
  return `${from > 0 ? '…' : ''}${part.trim()}${to < line.length ? '…' : ''}`;
}
