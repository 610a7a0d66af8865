import type { Database } from '../database/transaction.ts';
import { enqueue } from '../kit/work-queue/work-store.ts';
import type { ConfiguredMethod, MethodDirectory } from './find-method.ts';
import type { NoticeOutcome } from './notice-outcome.ts';
import type { PagePayment } from './page-payment.ts';
import {
  findPagePaymentByProviderId,
  findPagePaymentByReference,
  findPagePaymentByToken,
} from './page-payments-store.ts';
import type { Notice, NoticeSubject } from './port/notice.ts';
import { settlingJob } from './settle-page-payment.ts';

type Context = {
  database: Database;
  methods: Pick<MethodDirectory, 'findByAdapter'>;
  wakeWorker(): void;
};

/** Takes a notice at the unguessable address of a payment on a page: whatever it says, we only ask. */
export async function receivePageNotice(
  context: Context,
  adapter: string,
  noticeToken: string,
  notice: Notice,
): Promise<NoticeOutcome> {
  const payment = await findPagePaymentByToken(context.database, noticeToken);
  if (!payment || payment.adapter !== adapter) return 'not ours';
  const configured = context.methods.findByAdapter(payment.publisherId, adapter, payment.merchantId);
  const reading = configured?.method.readNotice?.(configured.settings, notice);
  switch (reading?.kind) {
    case 'refused':
      return reading.reason;
    case 'may this be paid':
      return 'may not be paid';
    case 'ask':
      return askPageSoon(context, payment);
    case undefined:
    case 'ignored':
    case 'agreement':
    case 'evidence':
      return 'not ours';
  }
}

/** A notice at a merchant's address that is about no attempt may be about a payment on a page. */
export async function askAboutPagePayment(
  context: Context,
  { publisherId, method }: ConfiguredMethod,
  subject: NoticeSubject,
): Promise<NoticeOutcome> {
  if (subject === 'the attempt of the address') return 'not ours';
  const { database } = context;
  const payment =
    'reference' in subject
      ? await findPagePaymentByReference(database, publisherId, subject.reference)
      : await findPagePaymentByProviderId(database, publisherId, method.name, subject.providerId);
  return payment ? askPageSoon(context, payment) : 'not ours';
}

async function askPageSoon(context: Context, payment: PagePayment): Promise<NoticeOutcome> {
  await context.database.transaction('ask-page-soon', (transaction) =>
    enqueue(transaction, [settlingJob(payment)]),
  );
  context.wakeWorker();
  return 'taken';
}
