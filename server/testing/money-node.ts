import type { HttpOutcome } from '../kit/http-outcome.ts';
import { saveMethodSettings } from '../payments/merchants/save-method-settings.ts';
import { methods } from '../payments/methods/list.ts';
import type { MethodContext, PaymentMethod } from '../payments/port/payment-method.ts';
import type { AttemptFacts } from '../payments/port/payment-request.ts';
import type { Evidence, OperationAnswer, ProviderMoney } from '../payments/port/provider-answer.ts';
import { openTestNode, type TestNode } from './node.ts';
import { openTestProvider, type TestProvider } from './provider.ts';

/** A method that reserves, and can do all that the port offers with what is reserved. */
const testMethod: PaymentMethod = {
  name: 'test-reserving',
  provider: 'Test Pay',
  settings: [{ name: 'baseUrl', label: 'Address', kind: 'address', required: true, secret: false }],
  needs: { mobile: false },
  money: 'reserved',
  referencePattern: /^[\w-]{1,64}$/,
  askAfterSeconds: [2, 5],
  async charge(context, { reference, amountMinor }) {
    const outcome = await send(context, reference, 'charge', { reference, amountMinor });
    return evidenceOf(outcome);
  },
  async ask(context, { reference }) {
    const outcome = await send(context, reference, 'ask');
    return outcome.kind === 'answered'
      ? evidenceOf(outcome)
      : { meaning: 'unknown', code: outcome.reason, raw: '' };
  },
  capture: (context, attempt, operation) => operate(context, attempt, 'capture', operation),
  captures: 'in parts',
  leastCaptureMinor: { NOK: 100 },
  cancel: (context, attempt, { reference }) =>
    operate(context, attempt, 'cancel', { reference, amountMinor: 0, lines: undefined }),
  refund: (context, attempt, operation) => operate(context, attempt, 'refund', operation),
};

/** The same without a question: our own sums must do. */
const { ask: _ask, ...testUnaskable } = { ...testMethod, name: 'test-unaskable' };

/** The same, but that all that is reserved is captured at once, or nothing. */
const testWhole: PaymentMethod = { ...testMethod, name: 'test-whole', captures: 'whole only' };

type Operation = { reference: string; amountMinor: number; lines?: readonly unknown[] | undefined };

async function operate(
  context: MethodContext,
  attempt: AttemptFacts,
  kind: string,
  { reference, amountMinor, lines }: Operation,
): Promise<OperationAnswer> {
  const body = { reference, amountMinor, lines: lines?.length };
  const outcome = await send(context, attempt.reference, kind, body);
  if (outcome.kind === 'not_sent') return { kind: 'not sent', code: outcome.reason };
  if (outcome.kind === 'unknown') return { kind: 'unknown', code: outcome.reason, raw: '' };
  const { status, body: raw } = outcome;
  if (status === 202) return { kind: 'pending', raw };
  if (status === 423) return { kind: 'not now', code: 'busy', raw };
  if (status === 409) return { kind: 'failed', code: String(JSON.parse(raw).code), raw };
  if (status !== 200) return { kind: 'unknown', code: `status ${status}`, raw };
  const money = moneyIn(raw);
  return money ? { kind: 'succeeded', money, raw } : { kind: 'succeeded', raw };
}

function send(
  { http, settings }: MethodContext,
  reference: string,
  kind: string,
  body: object = {},
): Promise<HttpOutcome> {
  const url = `${settings['baseUrl']}/${reference}/${kind}`;
  return http.send({ method: 'POST', url, body: JSON.stringify(body) });
}

function evidenceOf(outcome: HttpOutcome): Evidence {
  if (outcome.kind === 'not_sent') return { meaning: 'not_sent', code: outcome.reason, raw: '' };
  if (outcome.kind === 'unknown' || outcome.status === 418)
    return { meaning: 'unknown', code: 'lost', raw: '' };
  if (outcome.status === 202) return { meaning: 'pending', raw: outcome.body };
  const money = moneyIn(outcome.body);
  if (outcome.status !== 200 || !money) return { meaning: 'declined', code: 'not found', raw: outcome.body };
  if (money.authorizedMinor === 0) return { meaning: 'pending', raw: outcome.body };
  const captureBefore = new Date(Date.UTC(2100, 0));
  const beside = JSON.parse(outcome.body) as Pick<Evidence, 'attention' | 'agreement'>;
  const { attention, agreement } = beside;
  return {
    meaning: 'secured',
    money,
    captureBefore,
    raw: outcome.body,
    ...(attention && { attention }),
    ...(agreement && { agreement }),
  };
}

function moneyIn(text: string): ProviderMoney | undefined {
  const body = JSON.parse(text) as Partial<ProviderMoney>;
  return body.authorizedMinor === undefined ? undefined : (body as ProviderMoney);
}

/**
 * A whole node whose demo publisher takes `nexi`, `smsPay` and `swishPayex` by the test methods, and `kco` by
 * none.
 */
export async function openMoneyNode(): Promise<{ node: TestNode; provider: TestProvider }> {
  methods.nexi = [testMethod];
  methods.smsPay = [testUnaskable];
  methods.swishPayex = [testWhole];
  methods.kco = [];
  const [node, provider] = await Promise.all([openTestNode(), openTestProvider()]);
  const { publisherId } = node.client.publisher;
  for (const method of [testMethod, testUnaskable, testWhole]) {
    const merchant = { publisherId, merchantId: '', method };
    await saveMethodSettings(node.context, merchant, { baseUrl: provider.url });
  }
  await node.context.methods.refresh();
  return { node, provider };
}

/** An order of lines with prices of their own, to be charged by a test method. */
export function orderOf(prices: readonly number[], changes: object = {}): object {
  return {
    paymentMethod: 'nexi',
    payer: { lastName: 'Nordmann', emails: ['kari@example.com'] },
    orderLines: prices.map((unitPrice, index) => ({
      productSpecType: 'article',
      articleDetail: { articleRef: `article-${index + 1}` },
      unitPrice,
    })),
    ...changes,
  };
}
