import { type Connection, writeGet } from './connection.ts';
import { type Tally, unexpected } from './tally.ts';

/** Reads one address over and over: what its server can answer at most. */
export type ReadPlan = {
  kind: 'reads';
  port: number;
  path: string;
  headers: readonly string[];
  connections: number;
  seconds: number;
};

export function pageReader({ path, headers }: ReadPlan, tally: Tally): (server: Connection) => Promise<void> {
  const request = writeGet(path, headers);
  return async (server) => {
    const startedAt = performance.now();
    const reply = await server.post(request);
    if (reply.status !== 200) throw unexpected(reply);
    tally.requests.push(performance.now() - startedAt);
  };
}
