import { setTimeout as pause } from 'node:timers/promises';
import { findUntoldOrders, type UntoldOrder } from '../callbacks/find-untold-orders.ts';
import type { Database } from '../database/transaction.ts';
import type { SharedHttpClient } from '../kit/http-client.ts';
import type { SealingKeys } from '../kit/seal.ts';
import { applyEvidence } from './apply-evidence.ts';
import { callFor } from './call-for.ts';
import { type Compared, compareMoney } from './compare-money.ts';
import { findAttemptFacts } from './find-attempt-facts.ts';
import { type MethodDirectory, settingsFor } from './find-method.ts';
import type { Evidence } from './port/provider-answer.ts';
import { type AttemptToCompare, listAttemptsToCompare } from './reconcile-store.ts';

type Context = {
  database: Database;
  methods: MethodDirectory;
  provider: SharedHttpClient;
  secrets: { sealing: SealingKeys };
};

type Options = {
  days: number;
  /** Whether what the provider says is applied where it differs from our books. */
  applies: boolean;
  /** Rest between two questions: reconciling must not use up a provider's limits. */
  pauseMilliseconds: number;
};

/** An attempt over which the provider and our books differ; `says` names totals in minor units. */
export type Difference = Pick<
  AttemptToCompare,
  'publisherId' | 'orderId' | 'attemptId' | 'adapter' | 'reference'
> & {
  says: string;
};

export type Reconciliation = {
  asked: number;
  /** Attempts of methods that cannot be asked. */
  notAskable: number;
  /** Asked in vain. */
  unanswered: Difference[];
  unknownToUs: Difference[];
  unknownToProvider: Difference[];
  untold: UntoldOrder[];
};

const pageSize = 100;
const mostUntold = 1000;

/**
 * Compares the attempts of the last days with what their providers say now, and orders that ended with the
 * callbacks that were sent. Changes nothing unless it is to apply what it is told.
 */
export async function reconcile(context: Context, options: Options): Promise<Reconciliation> {
  const found: Reconciliation = {
    asked: 0,
    notAskable: 0,
    unanswered: [],
    unknownToUs: [],
    unknownToProvider: [],
    untold: await findUntoldOrders(context.database, options.days, mostUntold),
  };
  let last = 0;
  for (;;) {
    const attempts = await listAttemptsToCompare(context.database, last, options.days, pageSize);
    for (const attempt of attempts) await compare(context, options, attempt, found);
    last = attempts.at(-1)?.attemptId ?? last;
    if (attempts.length < pageSize) return found;
  }
}

async function compare(
  context: Context,
  options: Options,
  attempt: AttemptToCompare,
  found: Reconciliation,
): Promise<void> {
  const { publisherId, adapter, merchantId, pinned } = attempt;
  const configured = context.methods.findByAdapter(publisherId, adapter, merchantId);
  if (!configured) return note(found, attempt, { kind: 'cannot tell', says: 'the account is not set up' });
  if (!configured.method.ask) {
    found.notAskable += 1;
    return;
  }
  if (found.asked > 0) await pause(options.pauseMilliseconds);
  found.asked += 1;
  const call = callFor(context, { ...configured, settings: settingsFor(configured, pinned) });
  const facts = await findAttemptFacts(context.database, attempt);
  const evidence = await configured.method.ask(call, facts);
  const { state, refundedByHandMinor } = attempt;
  const { amountMinor, money } = facts;
  const compared = compareMoney({ state, amountMinor, money, refundedByHandMinor }, evidence);
  note(found, attempt, compared);
  const isDifferent = compared.kind !== 'agrees' && compared.kind !== 'cannot tell';
  if (options.applies && isDifferent) await apply(context, attempt, evidence);
}

function note(found: Reconciliation, attempt: AttemptToCompare, compared: Compared): void {
  if (compared.kind === 'agrees') return;
  const { publisherId, orderId, attemptId, adapter, reference } = attempt;
  listOf(found, compared.kind).push({
    publisherId,
    orderId,
    attemptId,
    adapter,
    reference,
    says: compared.says,
  });
}

function listOf(found: Reconciliation, kind: Exclude<Compared['kind'], 'agrees'>): Difference[] {
  switch (kind) {
    case 'unknown to us':
      return found.unknownToUs;
    case 'unknown to the provider':
      return found.unknownToProvider;
    case 'cannot tell':
      return found.unanswered;
  }
}

async function apply(context: Context, attempt: AttemptToCompare, evidence: Evidence): Promise<void> {
  const { publisherId, orderId, attemptId } = attempt;
  const about = { publisherId, orderId, attemptId };
  await context.database.transaction('reconcile-attempt', async (transaction) => {
    await applyEvidence(context, transaction, { ...about, source: 'question', evidence });
  });
}
