import type { Database } from '../../database/transaction.ts';
import { cutText } from '../../kit/cut-text.ts';
import { failpoint } from '../../kit/failpoint.ts';
import type { SharedHttpClient } from '../../kit/http-client.ts';
import type { SealingKeys } from '../../kit/seal.ts';
import { recordSession } from '../charging/record-session.ts';
import { insertAttempt, type WrittenAttempt } from '../ledger/insert-attempt.ts';
import { insertUnattached } from '../ledger/insert-unattached.ts';
import { callFor } from '../merchants/call-for.ts';
import { type ConfiguredMethod, type MethodDirectory, takesCurrency } from '../merchants/find-method.ts';
import type { StartRequest } from '../port/payment-request.ts';
import type { Started } from '../port/provider-answer.ts';
import type { Prepayment, PrepaymentStarted, StartPrepayment } from './begin-prepayment.ts';
import { insertPagePayment } from './page-payments-store.ts';

type Context = {
  database: Database;
  methods: Pick<MethodDirectory, 'find'>;
  provider: SharedHttpClient;
  settings: { publicUrl: string };
  secrets: { sealing: SealingKeys };
};

/**
 * Makes a payment at the provider that has no order yet. The intent is committed before the provider hears of
 * it; a session whose answer was lost is dropped, as nobody is ever sent to it.
 */
export function createStartPrepayment(context: Context): StartPrepayment {
  return async (prepayment) => {
    const { client, paymentMethod, merchantId, currency, recurring } = prepayment;
    // What is agreed on for later is a price and a period, which a page does not tell.
    if (recurring) return refused('method_cannot_recur');
    const configured = context.methods.find(client.publisher.publisherId, paymentMethod, merchantId);
    const { start, ask, needsLines } = configured?.method ?? {};
    // A page tells an amount, and no lines.
    if (!configured || !start || !ask || needsLines) {
      return refused('payment_method_is_not_configured');
    }
    if (!takesCurrency(configured, currency)) return refused('currency_differs');
    const attempt = await writeIntent(context, prepayment, configured);
    failpoint('before start');
    const request = describe(context, prepayment, configured, attempt);
    const started = withAddress(await start(callFor(context, configured), request));
    failpoint('after start');
    const { publisherId } = client.publisher;
    const about = { publisherId, attemptId: attempt.attemptId };
    const mayGo = await recordSession(context, about, started);
    return mayGo ? answerOf(started) : refused('temporarily_unavailable');
  };
}

function writeIntent(
  { database }: Context,
  prepayment: Prepayment,
  configured: ConfiguredMethod,
): Promise<WrittenAttempt> {
  const { client, paymentMethod, amountMinor, currency, recurring, returnUrl, state } = prepayment;
  const { publisherId } = configured;
  return database.transaction('write-page-payment', async (transaction) => {
    const windowMinutes = client.publisher.settings.paymentWindowMinutes;
    const owed = { publisherId, amountMinor, currency, windowMinutes };
    const paymentId = await insertUnattached(transaction, owed);
    const { clientId } = client;
    const page = { publisherId, clientId, paymentMethod, recurring, returnUrl, pageState: state };
    await insertPagePayment(transaction, { ...page, paymentId });
    const ofNobody = { publisher_id: publisherId, order_id: null, amount_minor: amountMinor };
    return insertAttempt(transaction, ofNobody, paymentId, configured, { flow: 'browser' });
  });
}

function describe(
  { settings: { publicUrl } }: Context,
  { client: { publisher }, amountMinor, currency, returnUrl, buyer }: Prepayment,
  { method }: ConfiguredMethod,
  { reference, noticeToken }: WrittenAttempt,
): StartRequest {
  return {
    reference,
    amountMinor,
    vatMinor: 0,
    currency,
    description: cutText(publisher.name, 50),
    lines: [],
    mobile: undefined,
    email: undefined,
    country: publisher.country,
    language: publisher.locale,
    noticeUrl: `${publicUrl}/capi/notices/${method.name}/attempts/${noticeToken}`,
    agreement: undefined,
    returnUrl: `${publicUrl}/capi/mcpay/back/${noticeToken}`,
    pageUrl: returnUrl,
    termsUrl: `${publicUrl}/user/terms`,
    buyer,
    windowSeconds: publisher.settings.paymentWindowMinutes * 60,
  };
}

/** A page sends its buyer to an address of the web: to another session nobody is ever sent. */
function withAddress(started: Started): Started {
  if (started.kind !== 'started') return started;
  const { buyer, raw } = started;
  const isAddress = buyer.to === 'address' && /^https?:\/\//.test(buyer.url);
  return isAddress ? started : { kind: 'unknown', code: 'no address to pay at', raw };
}

function answerOf(started: Started): PrepaymentStarted {
  switch (started.kind) {
    case 'started':
      if (started.buyer.to !== 'address') throw new Error('a page has only addresses for its buyer');
      return { kind: 'started', redirectTo: started.buyer.url };
    case 'refused':
      return refused('payment_declined');
    case 'not sent':
    case 'unknown':
      return refused('temporarily_unavailable');
  }
}

function refused(code: string): PrepaymentStarted {
  return { kind: 'refused', code };
}
