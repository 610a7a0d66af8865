import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** What was asked of the imitated gateway: the body of one `POST /sms/send`. */
export type SentSms = Record<string, unknown> & { refId: string; destination: string };

type Answer = (response: ServerResponse, sms?: SentSms) => void;

/** How the gateway may answer. `lost` takes the request and cuts the connection. */
const linkAnswers = {
  queued: answerJson(200, { messageId: 'link-1', resultCode: 1005, description: 'Queued' }),
  tooMany: answerJson(429, { status: 429, description: 'Too many requests' }),
  badNumber: answerJson(400, { status: 106204, description: 'bad destination' }),
  refused: answerJson(403, { status: 106202, description: 'bad currency' }),
  wrongPassword: answerJson(401, { status: 106100, description: 'invalid authentication' }),
  noId: answerJson(204, undefined),
  failing: answerJson(500, { description: 'no' }),
  lost: ((response) => response.destroy()) as Answer,
};

/** A gateway at 127.0.0.1 that remembers what was sent, and answers as told, `queued` unless said. */
export async function openTestLink() {
  const sent: SentSms[] = [];
  const plan: Answer[] = [];
  const server = createServer((request, response) => {
    const parts: Buffer[] = [];
    request.on('data', (part: Buffer) => parts.push(part));
    request.on('end', () => {
      // Other providers of the demo publisher are looked for here too, and are not there.
      if (!request.url?.endsWith('/sms/send')) return answerJson(404, {})(response);
      const sms = JSON.parse(Buffer.concat(parts).toString()) as SentSms;
      sent.push(sms);
      (plan.shift() ?? linkAnswers.queued)(response, sms);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    port: (server.address() as AddressInfo).port,
    sent,
    /** The next answers, in order. */
    willAnswer: (...answers: (keyof typeof linkAnswers)[]) =>
      plan.push(...answers.map((name) => linkAnswers[name])),
    /** Forgets what was sent and what was planned. */
    reset() {
      sent.splice(0);
      plan.splice(0);
    },
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

function answerJson(status: number, body: object | undefined): Answer {
  return (response) => {
    response.writeHead(status, { 'content-type': 'application/json' });
    response.end(body && JSON.stringify(body));
  };
}
