import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { buffer } from 'node:stream/consumers';
import { freePort } from '../builders/free-port.ts';

/** A notice as a provider sent it. */
export type Letter = { path: string; method: string; headers: Record<string, string>; body: string };

/** Takes the notices of all providers instead of the nodes, so that they can be brought when it matters. */
export type Inbox = { url: string; letters: Letter[]; close(): Promise<void> };

/** What a provider asks and waits for an answer to is handed on at once. */
const questions = /\/validation$/;

export async function openInbox(nodeUrl: () => string): Promise<Inbox> {
  const letters: Letter[] = [];
  const take = async (request: IncomingMessage, response: ServerResponse) => {
    const letter: Letter = {
      path: request.url ?? '/',
      method: request.method ?? 'POST',
      headers: headersOf(request),
      body: (await buffer(request)).toString('utf8'),
    };
    if (questions.test(letter.path)) {
      const answer = await bring(nodeUrl(), letter);
      const location = answer.headers.get('location');
      response.writeHead(answer.status, location === null ? {} : { location }).end();
      return;
    }
    letters.push(letter);
    response.writeHead(200, { 'content-type': 'application/json' }).end('{"received":true}');
  };
  const server = createServer((request, response) => {
    take(request, response).catch(() => response.writeHead(500).end());
  });
  const port = await freePort();
  await new Promise<void>((resolve) => server.listen(port, 'localhost', resolve));
  return {
    url: `http://localhost:${port}`,
    letters,
    close: () => new Promise((resolve) => server.close(() => resolve()).closeAllConnections()),
  };
}

/** Brings a letter to a node, as the provider sent it. */
export function bring(nodeUrl: string, { path, method, headers, body }: Letter): Promise<Response> {
  const content = method === 'GET' ? {} : { body };
  return fetch(nodeUrl + path, { method, headers, redirect: 'manual', ...content });
}

const ofConnection = ['host', 'connection', 'content-length', 'transfer-encoding', 'keep-alive'];

function headersOf(request: IncomingMessage): Record<string, string> {
  return Object.fromEntries(
    Object.entries(request.headers).flatMap(([name, value]) =>
      typeof value === 'string' && !ofConnection.includes(name) ? [[name, value]] : [],
    ),
  );
}
