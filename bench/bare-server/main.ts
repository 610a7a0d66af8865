import { createServer } from 'node:http';
import { serveParent } from '../stage/serve-parent.ts';

let nextOrderId = 100_000;

/** What node alone can do with the same requests and replies of the same size: read, parse, answer. */
const server = createServer((request, response) => {
  const chunks: Buffer[] = [];
  request.on('data', (chunk: Buffer) => chunks.push(chunk));
  request.on('end', () => {
    const asked: unknown = JSON.parse(Buffer.concat(chunks).toString('utf8'));
    const text = JSON.stringify(request.url?.endsWith('/fulfillment') ? completed(asked) : registered());
    response.setHeader('content-type', 'application/json; charset=utf-8');
    response.setHeader('content-length', Buffer.byteLength(text));
    response.end(text);
  });
});

function registered(): object {
  nextOrderId += 1;
  return {
    orderId: nextOrderId,
    orderStatus: 'preliminary',
    state: 'registered',
    fulfillmentUrl: 'http://localhost:8080/user/fulfillment/255s-0123456789abcdef',
    expiresAt: 1_800_000_000_000,
    warnings: [],
  };
}

function completed(asked: unknown): object {
  const orderId = typeof asked === 'object' && asked !== null && 'orderId' in asked ? asked.orderId : 0;
  const state = { orderStatus: 'completed', state: 'completed' };
  return { fulfillmentStatus: 'OK', orderId, errorMessage: null, ...state, warnings: [] };
}

server.listen(0, '127.0.0.1', () => {
  const address = server.address();
  serveParent(typeof address === 'object' && address ? address.port : 0, async () => undefined);
});
