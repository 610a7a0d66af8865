import { createServer } from 'node:http';
import { serveParent } from '../stage/serve-parent.ts';

const answerAfterMilliseconds = 100;

let received = 0;

/** A publisher's site whose callbacks take their time. */
const server = createServer((_request, response) => {
  received += 1;
  setTimeout(() => response.end('ok'), answerAfterMilliseconds);
});

server.listen(0, '127.0.0.1', () => {
  const address = server.address();
  serveParent(typeof address === 'object' && address ? address.port : 0, async () => received);
});
