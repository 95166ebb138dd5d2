/** Where the host listens, relative to the page. */
const SOCKET_NAME = 'socket';

/**
 * The socket's address, from the page's own: whatever stands in between (a tunnel, a prefix such as `/proxy/5555/`) leads
 * to the host for both.
 */
export function socketUrl(pageUrl: string): string {
  const url = new URL(SOCKET_NAME, pageUrl);
  url.protocol = url.protocol === 'https:' ? 'wss:' : 'ws:';
  url.search = '';
  url.hash = '';
  return url.href;
}
