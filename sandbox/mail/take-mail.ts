import { randomUUID } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import type { Hits } from '../kit/faults.ts';
import type { Received } from '../kit/inbox.ts';
import type { World } from '../kit/world.ts';
import type { Bounces } from './bounces.ts';
import type { ReadMail } from './read-mail.ts';

export type PromiseArrival = (atMilliseconds: number, message: Received) => void;

/** What follows when a mail is taken. */
export type PostOffice = { world: World; promiseArrival: PromiseArrival; bounces: Bounces };

/** How the exchange ends: accepted (null), an SMTP refusal, or no answer at all. */
export type MailEnd = null | Error | 'hang up';

const lateMilliseconds = 2 * 3600 * 1000;
const slowMilliseconds = 5000;
const timeoutMilliseconds = 1000;

/** Takes one mail under the faults that hit it: books it, and lets it arrive for each recipient. */
export async function takeMail(office: PostOffice, mail: ReadMail): Promise<MailEnd> {
  const hits = office.world.faults.draw('smtp');
  const before = hits.get('timeout-before');
  if (before) return pause(before.milliseconds ?? timeoutMilliseconds, 'hang up');
  if (hits.has('error-500')) return smtpError(451, '4.3.0 Try again later');
  for (const to of mail.to) accept(office, mail, to, hits);
  const after = hits.get('timeout-after-success');
  if (after) return pause(after.milliseconds ?? timeoutMilliseconds, 'hang up');
  const slow = hits.get('slow');
  return slow ? pause(slow.milliseconds ?? slowMilliseconds, null) : null;
}

function accept(
  { world, promiseArrival, bounces }: PostOffice,
  mail: ReadMail,
  to: string,
  hits: Hits,
): void {
  const now = world.clock.timestamp();
  world.ledger.bookMessage({
    provider: 'smtp',
    id: randomUUID(),
    reference: mail.messageId,
    channel: 'email',
    from: mail.from,
    to,
    parts: 1,
    acceptedAt: now,
  });
  if (hits.has('lost') || !bounces.meet(mail, to)) return;
  const { header: _, ...shown } = mail;
  const message: Received = { channel: 'email', ...shown, to, receivedAt: now };
  for (let copy = 0; copy < (hits.has('duplicate') ? 2 : 1); copy += 1) {
    if (hits.has('late')) promiseArrival(world.clock.now() + lateMilliseconds, message);
    else world.inbox.receive(message);
  }
}

/** A refusal with an SMTP reply code: 4xx asks the client to try again, 5xx is for good. */
export function smtpError(responseCode: number, message: string): Error {
  return Object.assign(new Error(message), { responseCode });
}

async function pause<T extends MailEnd>(milliseconds: number, end: T): Promise<T> {
  // Real time, because it is the client's own timer that is being tried.
  await wait(milliseconds, undefined, { ref: false });
  return end;
}
