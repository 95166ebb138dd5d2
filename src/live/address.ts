import { failure, type Failure } from './failure.ts';

/** Who a sentence speaks of: Google, or the gateway a person configured. */
export function hostName(baseUrl: string): string {
  if (baseUrl === '') return 'Google';
  return URL.canParse(baseUrl) ? new URL(baseUrl).host : baseUrl;
}

/** What is wrong with a gateway's address, if anything is. Empty means Google's own. */
export function checkAddress(baseUrl: string): Failure | undefined {
  if (baseUrl === '') return undefined;
  const url = URL.canParse(baseUrl) ? new URL(baseUrl) : undefined;
  const usable = url !== undefined && /^https?:$/.test(url.protocol) && url.search === '' && url.username === '';
  return usable
    ? undefined
    : failure('not-served', { detail: 'talkthrough.baseUrl is no http or https address', host: hostName(baseUrl) });
}
