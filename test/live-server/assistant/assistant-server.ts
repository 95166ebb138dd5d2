// The local server with the modest assistant behind it, as `npm start` has it.
import { startLiveServer, type LiveServer, type LiveServerOptions } from '../api/live-server.ts';
import { listAt, stringAt, type JsonObject } from '../wire/json-value.ts';
import { Assistant, type AssistantOptions } from './assistant.ts';

/** Starts the server on 127.0.0.1; an assistant of its own answers on each connection. */
export async function startAssistantServer(
  options: Omit<LiveServerOptions, 'responder'> = {},
  assistant: Omit<AssistantOptions, 'line'> = {},
): Promise<LiveServer> {
  const server: LiveServer = await startLiveServer({ ...options, responder });
  return server;

  /** Called right before its connection is added. */
  function responder(): Assistant {
    const at = server.connections.length;
    return new Assistant({
      ...assistant,
      line: {
        act(actions) {
          const connection = server.connections[at];
          if (connection?.record.open === true) connection.act(actions);
        },
        declaredTools: () => functionNames(server.connections[at]?.record.setup),
      },
    });
  }
}

function functionNames(setup: JsonObject | undefined): readonly string[] {
  return listAt(setup, 'tools')
    .flatMap((tool) => listAt(tool, 'functionDeclarations'))
    .flatMap((declaration) => stringAt(declaration, 'name') ?? []);
}
