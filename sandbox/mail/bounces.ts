import { randomUUID } from 'node:crypto';
import { inputReader } from '../kit/bad-input.ts';
import { postNotice } from '../kit/post-notice.ts';
import type { World } from '../kit/world.ts';
import { fateOf } from './fault-addresses.ts';
import type { ReadMail } from './read-mail.ts';
import { writeDeliveryReport } from './write-delivery-report.ts';

type ReportWork = { url: string; body: string; id: string; resultCode: string; attempt: number };
type MailSettings = { reportUrl: string };

export type Bounces = {
  /** Takes a mail to an address that stands for a fate; does it arrive at all? */
  meet(mail: ReadMail, to: string): boolean;
  set(settings: MailSettings): void;
};

/** Stands for the token in an address. */
const place = '{token}';
/** What its receiver does not take is tried again. */
const gapSeconds = [60, 300, 900, 3600, 4 * 3600, 24 * 3600];

/** Parses `{reportUrl}`; throws `BadInput`. */
export const readMailSettings = inputReader<MailSettings>({
  type: 'object',
  additionalProperties: false,
  required: ['reportUrl'],
  properties: { reportUrl: { type: 'string', pattern: '^https?://.*\\{token\\}' } },
});

/**
 * Tells the senders of mails that could not be delivered. A report goes to the envelope's sender, whose mail
 * server is taken to hand it on by HTTP: to `reportUrl`, with what stands behind the `+` of the sender's
 * address for `{token}`. Who has no such address hears nothing.
 */
export function openBounces(world: World, serverUrl: string): Bounces {
  let given: string | undefined;
  const keep = world.journal.kind<string>(
    'mail report address',
    (url) => {
      given = url;
    },
    () => (given === undefined ? [] : [given]),
  );
  const promise = world.dueWork.kind<ReportWork>('mail report', async (work) => {
    const headers = { 'content-type': 'message/rfc822' };
    const answered = await postNotice(world, { url: work.url, headers, body: work.body });
    const sentAt = world.clock.timestamp();
    const { id, resultCode, attempt } = work;
    // The address holds a token, which is for its receiver alone.
    world.ledger.bookReport({
      provider: 'smtp',
      id,
      resultCode,
      gate: 'reportUrl',
      attempt,
      answered,
      sentAt,
    });
    const gap = gapSeconds[attempt - 1];
    const isTaken = answered !== null && answered >= 200 && answered < 300;
    if (isTaken || gap === undefined) return;
    promise(world.clock.now() + gap * 1000, { ...work, attempt: attempt + 1 });
  });
  return {
    set: (settings) => keep(settings.reportUrl),
    meet(mail, to) {
      const fate = fateOf(to);
      if (!fate) return true;
      const token = /\+([^+@]+)@[^@]*$/.exec(mail.sender)?.[1];
      if (token === undefined) return fate.arrives;
      const at = world.clock.now() + fate.afterSeconds * 1000;
      const { status } = fate;
      const report = {
        ...mail,
        recipient: to,
        status,
        arrivedAt: new Date(world.clock.now()),
        reportedAt: new Date(at),
      };
      const reportUrl = given ?? `${serverUrl}/capi/notices/email/${place}`;
      promise(at, {
        url: reportUrl.replace(place, encodeURIComponent(token)),
        body: writeDeliveryReport(report, randomUUID()),
        id: mail.messageId,
        resultCode: `${status.action} ${status.status}`,
        attempt: 1,
      });
      return fate.arrives;
    },
  };
}
