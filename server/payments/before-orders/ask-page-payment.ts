import type { Database } from '../../database/transaction.ts';
import { failpoint } from '../../kit/failpoint.ts';
import type { SharedHttpClient } from '../../kit/http-client.ts';
import { callFor } from '../call-for.ts';
import { type ConfiguredMethod, type MethodDirectory, settingsFor } from '../find-method.ts';
import type { Evidence } from '../port/provider-answer.ts';
import { endPagePayment, securePagePayment } from './move-page-payment.ts';
import { anotherAmount, factsOf, type PagePayment } from './page-payment.ts';
import { findPagePayment } from './page-payments-store.ts';

export type PagePaymentContext = {
  database: Database;
  methods: Pick<MethodDirectory, 'findByAdapter'>;
  provider: SharedHttpClient;
};

/** Nobody is sent to a session whose answer was lost: what has none for so long is dropped. */
const lostSessionSeconds = 30;

/** The account that the payment was made with, at the address it was made with; nothing where it is gone. */
export function configuredFor(
  { methods }: Pick<PagePaymentContext, 'methods'>,
  { publisherId, adapter, merchantId, pinned }: PagePayment,
): ConfiguredMethod | undefined {
  const configured = methods.findByAdapter(publisherId, adapter, merchantId);
  return configured && { ...configured, settings: settingsFor(configured, pinned) };
}

/**
 * Asks the provider about a payment that is open, or that ended and is told to have changed, with no
 * transaction open, and writes what it says. `givesUp`: what the buyer has not paid is ended first, so that
 * the answer is final. Answers the payment as it is afterwards. Safe to run beside itself.
 */
export async function askPagePayment(
  context: PagePaymentContext,
  found: PagePayment,
  { givesUp }: { givesUp: boolean },
): Promise<PagePayment> {
  const configured = configuredFor(context, found);
  if (found.state === 'open' && found.providerId === undefined) {
    if (found.ageSeconds < lostSessionSeconds) return found;
    return apply(context, found, { meaning: 'not_sent', code: 'no session', raw: '' });
  }
  const ask = configured?.method.ask;
  if (!configured || !ask) return found;
  const { method } = configured;
  const call = callFor(context, configured);
  const facts = factsOf(found);
  if (givesUp && found.state === 'open') {
    const reference = `c${found.reference.slice(1)}`;
    await method.cancel?.(call, facts, { reference, description: 'not paid', scope: 'unpaid only' });
  }
  failpoint('before ask');
  const evidence = await ask(call, facts);
  failpoint('after ask');
  return apply(context, found, evidence, configured);
}

function apply(
  { database }: PagePaymentContext,
  found: PagePayment,
  evidence: Evidence,
  configured?: ConfiguredMethod,
): Promise<PagePayment> {
  return database.transaction('apply-page-question', async (transaction) => {
    const { reference } = found;
    const { meaning, code, providerId } = evidence;
    switch (meaning) {
      case 'pending':
      case 'unknown':
        break;
      case 'secured':
        await securePagePayment(transaction, reference, {
          providerId,
          isCaptured: isCaptured(found, evidence, configured),
          code: isAmount(found, evidence) ? undefined : anotherAmount,
        });
        break;
      case 'declined':
      case 'aborted':
      case 'expired':
        await endPagePayment(transaction, reference, { outcome: meaning, code });
        break;
      case 'not_sent':
        await endPagePayment(transaction, reference, { outcome: 'discarded', code });
    }
    return (await findPagePayment(transaction, found.publisherId, found.pagePaymentId)) ?? found;
  });
}

/** Where a provider speaks of no totals, secured means that all of it is reserved, or taken. */
function isCaptured(
  { amountMinor }: PagePayment,
  { money }: Evidence,
  configured: ConfiguredMethod | undefined,
): boolean {
  return money ? money.capturedMinor >= amountMinor : configured?.method.money !== 'reserved';
}

function isAmount({ amountMinor }: PagePayment, { money }: Evidence): boolean {
  return !money || Math.max(money.authorizedMinor, money.capturedMinor) === amountMinor;
}
