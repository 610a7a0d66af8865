import { once } from 'node:events';
import { connect } from 'node:net';

export type Reply = { status: number; body: string; head: string };

/** One kept connection with one request at a time: the least that HTTP/1.1 can cost a client. */
export type Connection = {
  /** Sends a whole request of any method. */
  post(request: string): Promise<Reply>;
  close(): void;
};

export async function openConnection(port: number): Promise<Connection> {
  const buffer = Buffer.allocUnsafe(65_536);
  let received = '';
  let waiting: { resolve(reply: Reply): void; reject(error: Error): void } | undefined;
  const socket = connect({
    port,
    host: '127.0.0.1',
    noDelay: true,
    // Reads into one buffer, past the machinery of streams.
    onread: {
      buffer,
      callback(bytes) {
        received += buffer.toString('latin1', 0, bytes);
        const reply = readReply(received);
        if (reply === undefined) return true;
        received = '';
        waiting?.resolve(reply);
        return true;
      },
    },
  });
  const fail = () => waiting?.reject(new Error('the connection was closed'));
  socket.on('error', fail).on('close', fail);
  await once(socket, 'connect');
  return {
    post(request) {
      return new Promise((resolve, reject) => {
        waiting = { resolve, reject };
        socket.write(request, 'latin1');
      });
    },
    close: () => socket.destroy(),
  };
}

function readReply(text: string): Reply | undefined {
  const end = text.indexOf('\r\n\r\n');
  if (end < 0) return undefined;
  const at = text.indexOf('ontent-length: ');
  if (at < 0 || at > end) throw new Error(`a reply without Content-Length:\n${text}`);
  const length = Number.parseInt(text.slice(at + 15, at + 26), 10);
  if (text.length < end + 4 + length) return undefined;
  const body = text.slice(end + 4, end + 4 + length);
  return { status: Number.parseInt(text.slice(9, 12), 10), body, head: text.slice(0, end) };
}

/** Everything of a request but its body, written once. */
export function requestWriter(path: string, token: string): (body: object) => string {
  const lines = [
    `POST ${path} HTTP/1.1`,
    'Host: localhost',
    `Authorization: Bearer ${token}`,
    'Content-Type: application/json',
    'Content-Length: ',
  ];
  const head = lines.join('\r\n');
  return (body) => {
    const text = JSON.stringify(body);
    return `${head}${text.length}\r\n\r\n${text}`;
  };
}

/** A request without a body. */
export function writeGet(path: string, headers: readonly string[] = []): string {
  return `${[`GET ${path} HTTP/1.1`, 'Host: localhost', ...headers].join('\r\n')}\r\n\r\n`;
}

/** A form without fields, as a button sends it. */
export function writePress(path: string): string {
  const type = 'Content-Type: application/x-www-form-urlencoded';
  return `${[`POST ${path} HTTP/1.1`, 'Host: localhost', type, 'Content-Length: 0'].join('\r\n')}\r\n\r\n`;
}
