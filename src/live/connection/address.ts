import { failure, type Failure } from '../failure.ts';

/** Google, or the gateway that a person configured. */
export function hostName(baseUrl: string): string {
  if (baseUrl === '') return 'Google';
  return URL.canParse(baseUrl) ? new URL(baseUrl).host : baseUrl;
}

/** Credentials go to this address, so they go unencrypted only where they stay on this machine. */
export function checkAddress(baseUrl: string): Failure | undefined {
  if (baseUrl === '') return undefined;
  const url = URL.canParse(baseUrl) ? new URL(baseUrl) : undefined;
  const host = hostName(baseUrl);
  if (url === undefined || !/^https?:$/.test(url.protocol) || url.search !== '' || url.username !== '') {
    return failure('not-served', { detail: 'talkthrough.baseUrl is no http or https address', host });
  }
  if (url.protocol === 'https:' || isLoopback(url.hostname)) return undefined;
  return failure('address-refused', { detail: 'talkthrough.baseUrl is an http address of another machine', host });
}

/** RFC 5735 and RFC 4291. `URL` writes every IPv4 address as four numbers. */
function isLoopback(hostname: string): boolean {
  return hostname === 'localhost' || hostname === '[::1]' || /^127\.\d+\.\d+\.\d+$/.test(hostname);
}
