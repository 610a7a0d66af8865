import { randomBytes } from 'node:crypto';
import type { Database } from '../../database/transaction.ts';
import { failpoint } from '../../kit/failpoint.ts';
import type { SharedHttpClient } from '../../kit/http-client.ts';
import type { PaymentMethod as PaymentMethodName } from '../../orders/order.ts';
import { callFor } from '../call-for.ts';
import { type ConfiguredMethod, type MethodDirectory, pinnedOf, takesCurrency } from '../find-method.ts';
import { newReference } from '../new-reference.ts';
import type { StartRequest } from '../port/payment-request.ts';
import type { Started } from '../port/provider-answer.ts';
import type { Prepayment, PrepaymentStarted, StartPrepayment } from './begin-prepayment.ts';
import { endPagePayment, notePageStarted } from './move-page-payment.ts';
import { insertPagePayment } from './page-payments-store.ts';

type Context = {
  database: Database;
  methods: Pick<MethodDirectory, 'find'>;
  provider: SharedHttpClient;
  settings: { publicUrl: string };
};

/** Their checkout is told every line with its VAT, and stands on a page of ours; a page tells an amount. */
const needLines: ReadonlySet<PaymentMethodName> = new Set(['kco']);

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
    const { start, ask } = configured?.method ?? {};
    if (!configured || !start || !ask || needLines.has(paymentMethod)) {
      return refused('payment_method_is_not_configured');
    }
    if (!takesCurrency(configured.method, currency)) return refused('currency_differs');
    const made = await writeIntent(context, prepayment, configured);
    failpoint('before start');
    const request = describe(context, prepayment, configured, made);
    const started = await start(callFor(context, configured), request);
    failpoint('after start');
    return record(context, made.reference, started);
  };
}

type Made = { reference: string; noticeToken: string };

async function writeIntent(
  { database }: Context,
  prepayment: Prepayment,
  configured: ConfiguredMethod,
): Promise<Made> {
  const made = { reference: newReference(), noticeToken: randomBytes(18).toString('base64url') };
  const { client, paymentMethod, amountMinor, currency, recurring, returnUrl, state } = prepayment;
  await database.transaction('write-page-payment', (transaction) =>
    insertPagePayment(transaction, {
      ...made,
      publisherId: configured.publisherId,
      clientId: client.clientId,
      paymentMethod,
      adapter: configured.method.name,
      merchantId: configured.merchantId,
      pinned: pinnedOf(configured),
      amountMinor,
      currency,
      recurring,
      returnUrl,
      pageState: state,
      windowMinutes: client.publisher.settings.paymentWindowMinutes,
    }),
  );
  return made;
}

function describe(
  { settings: { publicUrl } }: Context,
  { client: { publisher }, amountMinor, currency, returnUrl, buyer }: Prepayment,
  { method }: ConfiguredMethod,
  { reference, noticeToken }: Made,
): StartRequest {
  return {
    reference,
    amountMinor,
    vatMinor: 0,
    currency,
    description: [...publisher.name].slice(0, 50).join(''),
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

async function record(
  { database }: Context,
  reference: string,
  started: Started,
): Promise<PrepaymentStarted> {
  const buyer = started.kind === 'started' ? started.buyer : undefined;
  if (started.kind === 'started' && buyer?.to === 'address' && /^https?:\/\//.test(buyer.url)) {
    await database.transaction('record-page-start', (transaction) =>
      notePageStarted(transaction, reference, started.providerId),
    );
    return { kind: 'started', redirectTo: buyer.url };
  }
  const outcome = started.kind === 'refused' ? 'declined' : 'discarded';
  const code = started.kind === 'started' ? 'no address to pay at' : started.code;
  await database.transaction('record-page-start', (transaction) =>
    endPagePayment(transaction, reference, { outcome, code }),
  );
  return refused(started.kind === 'refused' ? 'payment_declined' : 'temporarily_unavailable');
}

function refused(code: string): PrepaymentStarted {
  return { kind: 'refused', code };
}
