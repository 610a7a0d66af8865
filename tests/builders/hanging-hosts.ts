import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

export type HangingHosts = {
  /** One base address for each, without a slash at the end. */
  bases: readonly string[];
  /** Requests that wait for an answer which never comes. */
  waiting(): number;
  close(): Promise<void>;
};

/** Hosts on ports of this machine that take every request and answer none. */
export async function startHangingHosts(count: number): Promise<HangingHosts> {
  let waiting = 0;
  const servers = Array.from({ length: count }, () =>
    createServer((request) => {
      waiting += 1;
      request.once('close', () => {
        waiting -= 1;
      });
    }).listen(0, '127.0.0.1'),
  );
  await Promise.all(servers.map((server) => once(server, 'listening')));
  return {
    bases: servers.map((server) => `http://127.0.0.1:${(server.address() as AddressInfo).port}`),
    waiting: () => waiting,
    async close() {
      const closed = Promise.all(servers.map((server) => once(server, 'close')));
      for (const server of servers) {
        server.close();
        server.closeAllConnections();
      }
      await closed;
    },
  };
}
