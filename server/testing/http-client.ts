import { once } from 'node:events';
import { createServer, type RequestListener } from 'node:http';
import { type AddressInfo, createServer as createTcpServer, type Socket } from 'node:net';
import type { TestContext } from 'node:test';
import { createAddressGuard } from '../kit/address-guard.ts';
import {
  createHttpClient,
  type HttpClient,
  type HttpClientOptions,
  type SharedHttpClient,
} from '../kit/http-client.ts';
import type { ResolveHost } from '../kit/resolve-host.ts';

type Options = Partial<HttpClientOptions> & { resolve?: ResolveHost };

/** The client of one publisher, in sandbox mode; every name leads to this machine unless said. */
export function client(t: TestContext, options: Options = {}): HttpClient {
  return sharedClient(t, options).of({ publisherId: 1 });
}

/** A client of many publishers, which closes with the test. */
export function sharedClient(t: TestContext, options: Options = {}): SharedHttpClient {
  const { resolve = () => ['127.0.0.1'], ...rest } = options;
  const made = createHttpClient({
    name: 'test',
    guard: createAddressGuard({ allowLoopback: true, blockedCidrs: [], resolve }),
    connectTimeoutMilliseconds: 1000,
    totalTimeoutMilliseconds: 5000,
    maxInFlight: 8,
    maxQueued: 8,
    maxResponseBytes: 1000,
    ...rest,
  });
  t.after(() => made.close());
  return made;
}

/** An HTTP server for one test; gives its host and port. */
export async function serve(t: TestContext, listener: RequestListener): Promise<string> {
  const server = createServer(listener).listen(0, '127.0.0.1');
  await once(server, 'listening');
  t.after(() => {
    server.closeAllConnections();
    server.close();
  });
  return `127.0.0.1:${(server.address() as AddressInfo).port}`;
}

/** A server below HTTP, to break the protocol with; gives its host and port. */
export async function serveTcp(t: TestContext, onSocket: (socket: Socket) => void): Promise<string> {
  const sockets = new Set<Socket>();
  const server = createTcpServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => undefined);
    onSocket(socket);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  t.after(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  return `127.0.0.1:${(server.address() as AddressInfo).port}`;
}
