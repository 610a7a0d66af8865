import { sql } from '../../database/statement.ts';
import type { Transaction } from '../../database/transaction.ts';
import { firstAndMoreWithin } from '../../kit/first-and-more.ts';
import { publisherSettingsOf } from '../../publishers/publisher-settings.ts';
import { agreementPage } from '../agreements/agreement-address.ts';
import type { BrowserStart } from '../browser-payment.ts';
import type { OrderToPay } from '../ledger/attempts-store.ts';
import type { WrittenAttempt } from '../ledger/insert-attempt.ts';
import type { RenewalTerms } from '../lines/agreement-terms.ts';
import { findOrderContent } from '../lines/find-payment-lines.ts';
import type { ConfiguredMethod } from '../merchants/find-method.ts';
import type { StartRequest } from '../port/payment-request.ts';
import { type Addresses, describePayment, returnAddress } from './describe-payment.ts';

type Context = { settings: Addresses; secrets: { orderAddress: Buffer } };

type Session = {
  order: OrderToPay;
  asked: BrowserStart;
  configured: ConfiguredMethod;
  attempt: WrittenAttempt;
  payment: { seconds_left: number };
};

/** The request for a session of a buyer at a screen; what is to be agreed on is kept with the try. */
export async function describeSession(
  { settings, secrets }: Context,
  transaction: Transaction,
  { order, asked, configured, attempt, payment }: Session,
): Promise<StartRequest> {
  const content = await findOrderContent(transaction, order);
  const { terms } = content;
  if (terms) await keepTerms(transaction, attempt.attemptId, terms);
  const manageUrl = `${settings.publicUrl}${agreementPage(secrets.orderAddress, attempt.reference)}`;
  const named = { ...attempt, adapter: configured.method.name };
  const buyer = asked.guestId === undefined ? order : { ...order, mobile: null, email: null };
  return {
    ...describePayment(settings, { ...buyer, locale: asked.language }, content, named),
    agreement: terms && { ...terms, productName: nameOf(terms, asked.language), manageUrl },
    returnUrl: returnAddress(settings, attempt.noticeToken),
    pageUrl: `${settings.publicUrl}${asked.returnPage}`,
    termsUrl: publisherSettingsOf(order.publisher_settings).termsUrl || settings.publicUrl,
    buyer: asked.buyer,
    windowSeconds: Math.ceil(payment.seconds_left),
  };
}

/** Vipps MobilePay shows no more of it, and no other provider is told. */
const longestName = 45;

/** All that renews together, as the buyer reads it. */
function nameOf({ productName: first, more = 0 }: RenewalTerms, language: string): string {
  return firstAndMoreWithin({ first, more }, language, longestName);
}

const keepTermsStatement = sql(
  'paymentAttempts.keepTerms',
  'UPDATE payment_attempts SET agreed = $2 WHERE attempt_id = $1',
);

/** The page of an agreement shows later what was agreed on then, whatever the catalogue says. */
async function keepTerms(transaction: Transaction, attemptId: number, terms: RenewalTerms): Promise<void> {
  await transaction.query(keepTermsStatement, [attemptId, JSON.stringify(terms)]);
}
