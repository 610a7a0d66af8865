import { once } from 'node:events';
import { type Agent, request as httpRequest } from 'node:http';
import { connect } from 'node:net';
import type { Made } from './make-request.ts';

export type Answer = { status: number; headers: Record<string, string>; text: string };

const patienceMilliseconds = 20_000;

/** Sends a request through Node's own client, which keeps the path and the bytes of the body as they are. */
export async function sendMade(base: URL, agent: Agent, made: Made): Promise<Answer> {
  const sent = httpRequest({
    agent,
    host: base.hostname,
    port: base.port,
    method: made.method,
    path: made.url,
    headers: headersOf(made),
    timeout: patienceMilliseconds,
  });
  sent.once('timeout', () => sent.destroy(new Error('no answer in time')));
  sent.end(made.body);
  const [response] = await once(sent, 'response');
  const parts: Buffer[] = [];
  for await (const part of response) parts.push(part);
  return { status: response.statusCode, headers: response.headers, text: Buffer.concat(parts).toString() };
}

function headersOf(made: Made): Record<string, string> {
  const length = made.body === undefined ? {} : { 'content-length': String(made.body.length) };
  return { ...Object.fromEntries(made.headers), ...length };
}

/** Writes bytes on a connection of their own, says that no more will come, and reads every answer. */
export async function sendBytes(base: URL, bytes: Buffer): Promise<Answer[]> {
  const address = { host: base.hostname, port: Number(base.port) };
  const socket = connect({ ...address, allowHalfOpen: true, timeout: patienceMilliseconds });
  const parts: Buffer[] = [];
  socket.on('data', (part: Buffer) => parts.push(part));
  // The server may close while we still write.
  socket.on('error', () => undefined);
  socket.once('timeout', () => socket.destroy());
  const closed = new Promise((resolve) => socket.once('close', resolve));
  socket.end(bytes);
  await closed;
  return readAnswers(Buffer.concat(parts).toString('latin1'));
}

/** Splits what came on a connection into answers. */
function readAnswers(all: string): Answer[] {
  if (all === '') return [];
  return all.split(/(?=HTTP\/1\.1 \d{3} )/).map((answer) => {
    const [head = '', ...rest] = answer.split('\r\n\r\n');
    const [line = '', ...lines] = head.split('\r\n');
    const headers = lines.map((one) => [nameOf(one), one.slice(one.indexOf(':') + 1).trim()]);
    return {
      status: Number(/^HTTP\/1\.1 (\d{3})/.exec(line)?.[1]),
      headers: Object.fromEntries(headers),
      text: Buffer.from(rest.join('\r\n\r\n'), 'latin1').toString(),
    };
  });
}

function nameOf(line: string): string {
  return line.slice(0, line.indexOf(':')).toLowerCase();
}
