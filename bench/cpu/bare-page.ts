// The least a page can do that listens and is ready to speak.
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

const WORKLETS = `
class Cutter extends AudioWorkletProcessor {
  #chunk = new Int16Array(Math.round(sampleRate / 50));
  #filled = 0;
  process([[channel]]) {
    for (const sample of channel ?? []) {
      this.#chunk[this.#filled++] = sample * 32767;
      if (this.#filled < this.#chunk.length) continue;
      this.port.postMessage(this.#chunk.buffer, [this.#chunk.buffer]);
      this.#chunk = new Int16Array(this.#filled);
      this.#filled = 0;
    }
    return true;
  }
}
class Output extends AudioWorkletProcessor {
  /** Not quite silent: an output that plays nothing for half a minute is let go by the browser. */
  process(_inputs, [[channel]]) {
    channel.fill(1e-5);
    return true;
  }
}
registerProcessor('cutter', Cutter);
registerProcessor('output', Output);`;

/** In its own context the microphone keeps the device's rate; where the browser can, that context opens no output. */
const PAGE = `<!doctype html><title>bare</title><script type="module">
let chunks = 0;
const stream = await navigator.mediaDevices.getUserMedia({
  audio: { echoCancellation: true, noiseSuppression: true, autoGainControl: true },
});
const input = new AudioContext({ latencyHint: 0.02, sinkId: { type: 'none' } });
const output = new AudioContext({ sampleRate: 24000, latencyHint: 'interactive' });
await Promise.all([input, output].map((context) => context.audioWorklet.addModule('worklets.js')));
const cutter = new AudioWorkletNode(input, 'cutter');
cutter.port.onmessage = () => { chunks += 1; };
input.createMediaStreamSource(stream).connect(cutter).connect(input.destination);
new AudioWorkletNode(output, 'output', { numberOfInputs: 0, outputChannelCount: [1] }).connect(output.destination);
await Promise.all([input, output].map((context) => context.resume()));
globalThis.chunks = () => chunks;
</script>`;

/** Serves the page on a port of its own. */
export async function serveBarePage(): Promise<{ readonly url: string; stop(): void }> {
  const server = createServer(({ url }, response) => {
    const [type, body] = url === '/worklets.js' ? ['text/javascript', WORKLETS] : ['text/html', PAGE];
    response.writeHead(200, { 'content-type': type }).end(body);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  // A server that listens on TCP has such an address.
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/`,
    stop() {
      server.closeAllConnections();
      server.close();
    },
  };
}
