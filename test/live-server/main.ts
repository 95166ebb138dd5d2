// Runs the local Live server by itself, answered for by the modest assistant:
//   node test/live-server/main.ts [--port 0] [--key KEY] [--seed N]
// Prints one line, `Gemini Live stand-in at ADDRESS with key KEY`, and runs until it is told to stop.
import { parseArgs } from 'node:util';
import { LOCAL_API_KEY } from './api/live-server.ts';
import { startAssistantServer } from './assistant/assistant-server.ts';
import { TYPICAL_ANSWERS } from './assistant/assistant.ts';
import { speak } from './audio/speak.ts';

const { values } = parseArgs({
  options: {
    port: { type: 'string', default: '0' },
    key: { type: 'string', default: LOCAL_API_KEY },
    seed: { type: 'string' },
  },
});

const port = Number(values.port);
if (!Number.isInteger(port) || port < 0 || port > 65_535) throw new Error(`--port ${values.port} is not a port`);

for (const answer of TYPICAL_ANSWERS) await speak(answer);
const server = await startAssistantServer({
  port,
  keys: [values.key],
  ...(values.seed === undefined ? {} : { seed: Number(values.seed) }),
});
process.stdout.write(`Gemini Live stand-in at ${server.baseUrl} with key ${values.key}\n`);

for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, () => void server.close());
}
