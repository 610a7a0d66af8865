import { freePort } from '../builders/free-port.ts';
import { startNode, whenReady } from '../builders/node-process.ts';
import { commandKey, liveVariables } from '../builders/run-command.ts';

export type StartedNode = {
  url: string;
  /** Moves the clock of the database, as a sandbox lets anyone. */
  advanceClock(seconds: number): Promise<void>;
  /** What it has said since its start. */
  words(): string;
  stop(): Promise<void>;
};

/** A node in sandbox mode, without a sandbox beside it: providers are not there. */
export function startSandboxNode(databaseUrl: string): Promise<StartedNode> {
  return start(databaseUrl, {});
}

/** A node in live mode, as behind a proxy that ends TLS. */
export function startProductionNode(databaseUrl: string): Promise<StartedNode> {
  return start(databaseUrl, liveVariables);
}

async function start(databaseUrl: string, variables: Record<string, string>): Promise<StartedNode> {
  const port = await freePort();
  const node = startNode({
    port,
    publicUrl: `http://localhost:${port}`,
    databaseUrl,
    sandbox: { url: 'http://127.0.0.1:9', smtpPort: 10 },
    variables: { LEVERET_KEY: commandKey, ...variables },
  });
  await whenReady(node);
  return {
    url: node.url,
    async advanceClock(seconds) {
      const reply = await fetch(`${node.url}/test/clock`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ advanceSeconds: seconds }),
      });
      if (!reply.ok) throw new Error(`the clock was not moved: ${reply.status}`);
    },
    words: node.words,
    stop: node.stop,
  };
}
