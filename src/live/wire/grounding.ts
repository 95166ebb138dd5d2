import type { Grounding, WebSource } from './live-event.ts';
import { asList, asRecord, asString } from './json.ts';

/** An answer rests on a handful of pages. Nobody reads more than these. */
export const MAX_LINKS = 20;
export const MAX_SEARCHES = 10;
const MAX_TITLE_LENGTH = 200;
/** Google's own addresses of sources have about 300. */
const MAX_URI_LENGTH = 2_000;

/** Reads `groundingMetadata`. Only `https:` addresses count, since they become links. */
export function readGrounding(field: unknown): Grounding | undefined {
  const metadata = asRecord(field);
  if (metadata === undefined) return undefined;
  const links = asList(metadata['groundingChunks']).flatMap(readChunk);
  const asked = asList(metadata['webSearchQueries']).flatMap((query) => asString(query) ?? []);
  const suggested = asked.length > 0 ? asked : suggestionsIn(metadata['searchEntryPoint']);
  const grounding = merged({ links: [], searches: [] }, { links, searches: suggested.map(oneLine) });
  return grounding.links.length + grounding.searches.length === 0 ? undefined : grounding;
}

/** Each page and each search once; the first ones where there are too many. */
export function merged(one: Grounding, other: Grounding): Grounding {
  const links = new Map<string, WebSource>();
  for (const link of [...one.links, ...other.links]) if (!links.has(link.uri)) links.set(link.uri, link);
  const searches = new Set([...one.searches, ...other.searches].filter((text) => text !== ''));
  return { links: [...links.values()].slice(0, MAX_LINKS), searches: [...searches].slice(0, MAX_SEARCHES) };
}

function readChunk(chunk: unknown): WebSource[] {
  const web = asRecord(asRecord(chunk)?.['web']);
  const uri = httpsAddress(asString(web?.['uri']));
  if (uri === undefined) return [];
  const title = oneLine(asString(web?.['title']) ?? '');
  return [{ uri, title: title === '' ? new URL(uri).hostname : title }];
}

function httpsAddress(address: string | undefined): string | undefined {
  if (address === undefined || address.length > MAX_URI_LENGTH || !URL.canParse(address)) return undefined;
  const { protocol, href } = new URL(address);
  return protocol === 'https:' ? href : undefined;
}

/** Where the bare suggestions are missing, the words of the links in their piece of web page. */
function suggestionsIn(entryPoint: unknown): string[] {
  const page = asString(asRecord(entryPoint)?.['renderedContent']) ?? '';
  return [...page.slice(0, MAX_PAGE_LENGTH).matchAll(/<a\b[^>]*>([^<]*)<\/a>/g)].map(([, words]) =>
    unescaped(words ?? ''),
  );
}

/** Style and icons of a real one take about 10,000 characters. */
const MAX_PAGE_LENGTH = 100_000;

const ENTITIES = { amp: '&', lt: '<', gt: '>', quot: '"', '#39': "'" } as const;

function unescaped(html: string): string {
  // The pattern lets through the names of ENTITIES only.
  return html.replace(/&(amp|lt|gt|quot|#39);/g, (_whole, name: string) => ENTITIES[name as keyof typeof ENTITIES]);
}

const oneLine = (text: string) => text.replace(/\s+/g, ' ').trim().slice(0, MAX_TITLE_LENGTH);
