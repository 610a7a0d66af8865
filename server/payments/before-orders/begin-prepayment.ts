import { Type } from 'typebox';
import { cutText } from '../../kit/cut-text.ts';
import { describes, describing, narrows } from '../../kit/http/field-sorts.ts';
import { readInput } from '../../kit/http/read-input.ts';
import { type Currency, isCurrency, parseMajor } from '../../kit/money.ts';
import type { RateLimiter } from '../../kit/rate-limit.ts';
import { matchReturnUrl } from '../../kit/return-url.ts';
import { type PaymentMethod, paymentMethodRules, paymentMethods } from '../../orders/payment-methods.ts';
import type { PublisherDirectory } from '../../publishers/find-publisher.ts';
import type { Client } from '../../publishers/publisher.ts';
import { mayStartOnPage } from '../limit-starts.ts';
import type { MethodDirectory } from '../merchants/find-method.ts';

/** What a buyer is to pay on a publisher's page, before any order is registered. */
export type Prepayment = {
  client: Client;
  paymentMethod: PaymentMethod;
  merchantId: string | undefined;
  amountMinor: number;
  currency: Currency;
  recurring: boolean;
  /** On the client's list; the result goes there, with `state` as the page gave it. */
  returnUrl: string;
  state: string;
  /** Address and browser of the buyer, where they are known. */
  buyer: { userAgent: string | undefined; address: string | undefined };
};

/** Makes the payment at the provider and answers where the buyer goes to pay. */
export type StartPrepayment = (prepayment: Prepayment) => Promise<PrepaymentStarted>;
export type PrepaymentStarted = { kind: 'started'; redirectTo: string } | { kind: 'refused'; code: string };

export type PrepaymentBegun =
  | Extract<PrepaymentStarted, { kind: 'started' }>
  /** Nobody knows where the buyer could be sent back to. */
  | { kind: 'unknown page' }
  | { kind: 'wrong'; code: string; returnUrl: string; state: string };

type Context = {
  publishers: Pick<PublisherDirectory, 'findClient'>;
  methods: Pick<MethodDirectory, 'find'>;
  rateLimiter: Pick<RateLimiter, 'take'>;
  startPrepayment: StartPrepayment;
};

type Form = Readonly<Record<string, string>>;

/**
 * Begins a payment that a page asked for. The page is known by its client's list of return addresses, and its
 * origin, where the browser tells it, must be that of the address. The amount is the page's own word: it is
 * signed into the result, and an order that comes to another amount is refused.
 */
export async function beginPrepayment(
  context: Context,
  form: Form,
  { origin, ...buyer }: Prepayment['buyer'] & { origin: string | undefined },
): Promise<PrepaymentBegun> {
  const client = await context.publishers.findClient(form['clientId'] ?? '');
  const matched = client && matchReturnUrl(form['returnUrl'] ?? '', client.returnAddresses);
  if (!client || !matched?.ok) return { kind: 'unknown page' };
  const { url: returnUrl } = matched;
  if (origin !== undefined && origin !== 'null' && origin !== new URL(returnUrl).origin) {
    return { kind: 'unknown page' };
  }
  const state = cutText(form['state'] ?? '', 100);
  const read = readPageRequest(context, client, form);
  if ('code' in read) return { kind: 'wrong', code: read.code, returnUrl, state };
  if (!mayStartOnPage(context, buyer.address)) {
    return { kind: 'wrong', code: 'rate_limit_exceeded', returnUrl, state };
  }
  const started = await context.startPrepayment({ ...read, client, returnUrl, state, buyer });
  return started.kind === 'started' ? started : { kind: 'wrong', code: started.code, returnUrl, state };
}

type PageRequest = Omit<Prepayment, 'client' | 'returnUrl' | 'state' | 'buyer'>;

/** What the form may hold. A page may add fields of its own, but none that is one of these misspelt. */
const FormFields = describing({
  clientId: narrows(Type.String()),
  returnUrl: narrows(Type.String()),
  state: describes(Type.Optional(Type.String())),
  paymentMethod: narrows(Type.String()),
  merchantId: narrows(Type.Optional(Type.String({ maxLength: 60 }))),
  recurring: narrows(Type.Optional(Type.Boolean())),
  currency: narrows(Type.Optional(Type.String())),
  amount: narrows(Type.Optional(Type.String())),
});

function readPageRequest(context: Context, client: Client, form: Form): PageRequest | { code: string } {
  const reading = readInput(FormFields, form);
  const paymentMethod = paymentMethods.find((name) => name === form['paymentMethod']);
  if (!paymentMethod || reading.problems.length > 0) return { code: 'input_is_invalid' };
  const recurring = form['recurring'] === 'true';
  const rules = paymentMethodRules[paymentMethod];
  if (rules.prepaid === 'refused') return { code: 'method_cannot_be_prepaid' };
  if (recurring && rules.recurring === 'refused') return { code: 'method_cannot_recur' };
  if (!recurring && rules.recurring === 'required') return { code: 'method_must_recur' };
  const currency = form['currency'] ?? client.publisher.currency;
  if (!isCurrency(currency)) return { code: 'currency_differs' };
  const amount = parseMajor(form['amount'] ?? '', currency);
  if (!amount.ok || amount.minor <= 0) return { code: 'amount_is_invalid' };
  const { merchantId } = form;
  const { publisherId } = client.publisher;
  if (!context.methods.find(publisherId, paymentMethod, merchantId)?.method.start) {
    return { code: 'payment_method_is_not_configured' };
  }
  return { paymentMethod, merchantId, amountMinor: amount.minor, currency, recurring };
}
