import { type Sandbox, startSandbox } from '@leveret/sandbox/start-sandbox.js';
import { createTestDatabase } from '@leveret/server/testing/database.js';
import { freePort } from './free-port.ts';
import { type NodeProcess, startNode } from './node-process.ts';

/** Nodes that are real processes on one database and one sandbox in real time, and may be killed. */
export type Cluster = {
  databaseUrl: string;
  sandbox: Sandbox;
  /** The address of all nodes together; pages are opened there. */
  publicUrl: string;
  /** Where the nodes listen, whether they live or not. */
  addresses: readonly string[];
  /** Starts the node of a place, which must be empty or have a dead one. */
  start(place: number, variables?: Record<string, string>): NodeProcess;
  /** What all nodes, also the dead ones, have complained about: the error lines of their logs. */
  complaints(): string[];
  /** Ends every node, the sandbox and the database. */
  close(): Promise<void>;
};

export async function buildCluster(nodes: number): Promise<Cluster> {
  const database = await createTestDatabase();
  const ports = await freePorts(nodes);
  const publicUrl = `http://localhost:${ports[0]}`;
  const sandbox = await startSandbox({ port: 0, smtpPort: 0, serverUrl: publicUrl, realTime: true });
  const started: NodeProcess[] = [];
  return {
    databaseUrl: database.connectionString,
    sandbox,
    publicUrl,
    addresses: ports.map((port) => `http://127.0.0.1:${port}`),
    start(place, variables = {}) {
      const port = ports[place];
      if (port === undefined) throw new RangeError(`there is no place ${place}`);
      const node = startNode({ port, publicUrl, databaseUrl: database.connectionString, sandbox, variables });
      started.push(node);
      return node;
    },
    complaints: () => started.flatMap((node) => errorLines(node.words())),
    async close() {
      await Promise.all(started.map((node) => node.stop()));
      await sandbox.close();
      await database.drop();
    },
  };
}

/** Lines that are not of the log are those of a crash, and of the greeting at the start. */
function errorLines(words: string): string[] {
  return words.split('\n').filter((line) => /"level":"(?:error|fatal)"|^\w*Error\b/.test(line));
}

async function freePorts(count: number): Promise<number[]> {
  const ports = new Set<number>();
  while (ports.size < count) ports.add(await freePort());
  return [...ports];
}
