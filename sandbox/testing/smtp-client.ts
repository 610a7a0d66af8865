import { connect } from 'node:net';

/** Speaks SMTP line by line; gives the last reply, or '' when the server hung up without one. */
export function sendMail(
  port: number,
  mail: { to: string[]; data: string; sender?: string },
): Promise<string> {
  const commands = [
    'EHLO test',
    `MAIL FROM:<${mail.sender ?? 'leveret@example.com'}>`,
    ...mail.to.map((to) => `RCPT TO:<${to}>`),
    'DATA',
    `${mail.data.replaceAll('\n', '\r\n')}\r\n.`,
  ];
  return new Promise((resolve, reject) => {
    const socket = connect(port, '127.0.0.1');
    let buffer = '';
    let end = '';
    socket.setEncoding('utf8').on('data', (chunk: string) => {
      buffer += chunk;
      // A reply is complete when its last line has a space after the code.
      const reply = /^(?:\d{3}-.*\r\n)*(\d{3} .*)\r\n$/.exec(buffer)?.[1];
      if (reply === undefined || end !== '') return;
      buffer = '';
      const next = commands.shift();
      if (reply.startsWith('4') || reply.startsWith('5') || next === undefined) end = reply;
      if (end === '') socket.write(`${next}\r\n`);
      else socket.end('QUIT\r\n');
    });
    socket.on('close', () => resolve(end));
    socket.on('error', reject);
  });
}
