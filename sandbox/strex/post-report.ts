import { postNotice } from '../kit/post-notice.ts';
import type { World } from '../kit/world.ts';
import type { Status } from './status.ts';
import type { Transaction } from './transaction.ts';

/** A delivery report promised to a client. `forged` comes from a stranger, once. */
export type ReportWork = {
  transactionId: string;
  url: string;
  body: string;
  status: Status;
  attempt: number;
  forged?: boolean;
};

export type Reporting = {
  promise(atMilliseconds: number, work: ReportWork): void;
  post(work: ReportWork): Promise<void>;
};

export const reportWorkKind = 'strex report';
/** 19 gaps that grow from 5 s and add up to 47 hours; the guide says "about 48 h". */
const retryMilliseconds = Array.from({ length: 19 }, (_, retry) => Math.round(5000 * 1.7 ** retry));

/** Posts delivery reports; what gets no 200 is tried again. Nobody signs them. */
export function startReporting(world: World): Reporting {
  async function post(work: ReportWork): Promise<void> {
    const answered = await postNotice(world, {
      url: work.url,
      headers: { 'content-type': 'application/json' },
      body: work.body,
    });
    // Everything may have been forgotten while the client was answering.
    if (!world.ledger.knows(work.transactionId.replace(/^-/, ''))) return;
    world.ledger.bookReport({
      provider: 'strex',
      id: work.transactionId,
      resultCode: `${work.status.statusCode}/${work.status.detailedStatusCode}`,
      gate: 'deliveryReportUrl',
      attempt: work.attempt,
      answered,
      sentAt: world.clock.timestamp(),
    });
    const gap = retryMilliseconds[work.attempt - 1];
    if (answered === 200 || work.forged || gap === undefined) return;
    promise(world.clock.now() + gap, { ...work, attempt: work.attempt + 1 });
  }
  const promise = world.dueWork.kind<ReportWork>(reportWorkKind, post);
  return { promise, post };
}

/** A report that says how a transaction stands; none where the client asked for none. */
export function writeReport(transaction: Transaction, status: Status): ReportWork | undefined {
  if (transaction.deliveryReportUrl === null) return undefined;
  const body = {
    correlationId: null,
    transactionId: transaction.transactionId,
    price: transaction.priceMinor / 100,
    sender: transaction.shortNumber,
    recipient: transaction.recipient,
    operatorId: 'no.telenor',
    statusCode: status.statusCode,
    detailedStatusCode: status.detailedStatusCode,
    delivered: status.statusCode === 'Ok' ? true : status.statusCode === 'Failed' ? false : null,
    billed: status.billed,
    smscTransactionId: `smsc-${transaction.acceptedAtMilliseconds.toString(36)}`,
    smscMessageParts: 1,
  };
  return {
    transactionId: transaction.transactionId,
    url: transaction.deliveryReportUrl,
    body: JSON.stringify(body),
    status,
    attempt: 1,
  };
}
