import { once } from 'node:events';
import { createServer, type Server } from 'node:http';

export type HangingHosts = {
  bases: readonly string[];
  waiting(): number;
  close(): void;
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
    bases: servers.map((server) => `http://127.0.0.1:${portOf(server)}`),
    waiting: () => waiting,
    close() {
      for (const server of servers) {
        server.close();
        server.closeAllConnections();
      }
    },
  };
}

export function portOf(server: Server): number {
  const address = server.address();
  return typeof address === 'object' && address ? address.port : 0;
}
