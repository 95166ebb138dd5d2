import type { IncomingMessage } from 'node:http';

/** Where the page may be reached: the loopback address itself, and what VS Code made of it for a remote window. */
export class RequestGuard {
  #hosts: ReadonlySet<string> = new Set();
  #origins: ReadonlySet<string> = new Set();

  /**
   * @param port the server's own
   * @param external the page's address as `asExternalUri` gave it, such as `https://name.example/proxy/5555/`
   */
  allow(port: number, external: URL): void {
    const own = [`127.0.0.1:${port}`, `localhost:${port}`];
    this.#hosts = new Set([...own, external.host]);
    this.#origins = new Set([...own.map((host) => `http://${host}`), external.origin]);
  }

  /** Whether the request was made to us by name. A name that a stranger's DNS points at 127.0.0.1 is not ours. */
  hostIsOurs({ headers }: IncomingMessage): boolean {
    return headers.host !== undefined && this.#hosts.has(headers.host.toLowerCase());
  }

  /** Whether our own page made it. A WebSocket of a browser always says where it comes from; one without is no page. */
  originIsOurs({ headers }: IncomingMessage): boolean {
    return headers.origin !== undefined && this.#origins.has(headers.origin.toLowerCase());
  }
}
