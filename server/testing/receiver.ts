import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export type ReceivedRequest = {
  method: string;
  url: string;
  headers: Record<string, string>;
  body: string;
};

export type TestReceiver = {
  /** Without a slash at the end. */
  base: string;
  requests: ReceivedRequest[];
  /** How the next requests are answered; 200 unless set. */
  answer: (response: ServerResponse, request: ReceivedRequest) => void;
  /** Resolves once so many requests have come in all. */
  until(count: number): Promise<void>;
  close(): Promise<void>;
};

/** A publisher's site on a free port of 127.0.0.1. For tests. */
export async function startTestReceiver(): Promise<TestReceiver> {
  const waiting: { count: number; resolve: () => void }[] = [];
  const receiver: TestReceiver = {
    base: '',
    requests: [],
    answer: (response) => response.end('thank you'),
    async until(count) {
      if (receiver.requests.length >= count) return;
      await new Promise<void>((resolve) => waiting.push({ count, resolve }));
    },
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
  const server = createServer((request, response) => {
    void readRequest(request).then((received) => {
      receiver.requests.push(received);
      receiver.answer(response, received);
      for (const one of waiting) if (receiver.requests.length >= one.count) one.resolve();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  receiver.base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return receiver;
}

async function readRequest(request: IncomingMessage): Promise<ReceivedRequest> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return {
    method: request.method ?? '',
    url: request.url ?? '',
    headers: Object.fromEntries(
      Object.entries(request.headers).map(([name, value]) => [name, String(value)]),
    ),
    body: Buffer.concat(chunks).toString(),
  };
}
