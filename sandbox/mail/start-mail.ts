import { SMTPServer, type SMTPServerSession } from 'smtp-server';
import type { FaultKind } from '../kit/faults.ts';
import type { Received } from '../kit/inbox.ts';
import type { World } from '../kit/world.ts';
import { type Bounces, openBounces } from './bounces.ts';
import { makeFaultAddresses } from './fault-addresses.ts';
import { readMail } from './read-mail.ts';
import { type PostOffice, smtpError, takeMail } from './take-mail.ts';

const faults: FaultKind[] = [
  'duplicate',
  'late',
  'lost',
  'error-500',
  'timeout-after-success',
  'timeout-before',
  'slow',
];

export type Mail = { port: number; forget(): void; close(): Promise<void> };

/** An SMTP server for any user, any sender and any recipient, except the addresses that stand for a fault. */
export function openMail(
  world: World,
  serverUrl: string,
): { bounces: Bounces; start(port: number): Promise<Mail> } {
  world.faults.support('smtp', faults);
  const promiseArrival = world.dueWork.kind<Received>('mail arrival', async (message) =>
    world.inbox.receive({ ...message, receivedAt: world.clock.timestamp() }),
  );
  const bounces = openBounces(world, serverUrl);
  return { bounces, start: (port) => startMail({ world, promiseArrival, bounces }, port) };
}

async function startMail(office: PostOffice, port: number): Promise<Mail> {
  const addresses = makeFaultAddresses();
  const server = new SMTPServer({
    authOptional: true,
    allowInsecureAuth: true,
    // A client that sees STARTTLS offered would refuse the self-signed certificate behind it.
    disabledCommands: ['STARTTLS'],
    disableReverseLookup: true,
    closeTimeout: 200,
    size: 10 * 1024 * 1024,
    onAuth: (auth, _session, done) => done(null, { user: auth.username ?? 'anyone' }),
    onRcptTo(address, _session, done) {
      const refusal = addresses.check(address.address);
      if (refusal) done(smtpError(refusal.code, refusal.message));
      else done();
    },
    onData(stream, session, done) {
      readMail(stream, session)
        .then((mail) => takeMail(office, mail))
        .then(
          (end) => (end === 'hang up' ? hangUp(server, session) : done(end)),
          (error: unknown) => done(smtpError(451, `4.3.0 ${String(error)}`)),
        );
    },
  });
  // A client that goes away is its own business.
  server.on('error', () => undefined);
  await new Promise<void>((resolve, reject) => {
    server.server.once('error', reject);
    server.listen(port, '127.0.0.1', resolve);
  });
  const address = server.server.address();
  return {
    port: typeof address === 'object' && address !== null ? address.port : port,
    forget: () => addresses.forget(),
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
}

function hangUp(server: SMTPServer, session: SMTPServerSession): void {
  for (const connection of server.connections) {
    if (connection.session.id === session.id) connection.close();
  }
}
