import { setTimeout as pause } from 'node:timers/promises';
import { findUnnotifiedOrders, type UnnotifiedOrder } from '../../callbacks/find-unnotified-orders.ts';
import type { DatabaseClock } from '../../database/clock.ts';
import type { Database } from '../../database/transaction.ts';
import type { SharedHttpClient } from '../../kit/http-client.ts';
import type { SealingKeys } from '../../kit/seal.ts';
import { stretchesBack } from '../../kit/stretches-back.ts';
import { applyEvidence } from '../ledger/apply-evidence.ts';
import { findAttemptFacts } from '../ledger/find-attempt-facts.ts';
import { callFor } from '../merchants/call-for.ts';
import { type MethodDirectory, settingsFor } from '../merchants/find-method.ts';
import type { Evidence } from '../port/provider-answer.ts';
import { type Compared, compareMoney } from './compare-money.ts';
import { type AttemptToCompare, listAttemptsToCompare } from './reconcile-store.ts';

type Context = {
  database: Database;
  clock: DatabaseClock;
  methods: MethodDirectory;
  provider: SharedHttpClient;
  secrets: { sealing: SealingKeys };
};

type Options = {
  days: number;
  /** Whether what the provider says is applied where it differs from our books. */
  applies: boolean;
  /** Rest between two questions about one account: reconciling must not use up a provider's limits. */
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
  unnotified: UnnotifiedOrder[];
};

/** So many attempts are held in memory, and asked about account by account. */
const mostAtOnce = 2000;
const mostUnnotified = 1000;

/**
 * Compares the attempts of the last days with what their providers say now, and orders that ended with the
 * callbacks that were sent. Changes nothing unless it is to apply what it is told.
 */
export async function reconcile(context: Context, options: Options): Promise<Reconciliation> {
  const stretches = stretchesBack(options.days, context.clock.now());
  const found: Reconciliation = {
    asked: 0,
    notAskable: 0,
    unanswered: [],
    unknownToUs: [],
    unknownToProvider: [],
    unnotified: [],
  };
  for (const stretch of stretches) {
    if (found.unnotified.length >= mostUnnotified) break;
    found.unnotified.push(...(await findUnnotifiedOrders(context.database, stretch)));
  }
  const run = { context, options, found, asked: new Set<string>() };
  let held: AttemptToCompare[] = [];
  for (const stretch of stretches) {
    for await (const attempt of listAttemptsToCompare(context.database, stretch)) {
      if (held.push(attempt) < mostAtOnce) continue;
      await compareAll(run, held);
      held = [];
    }
  }
  await compareAll(run, held);
  return found;
}

type Run = { context: Context; options: Options; found: Reconciliation; asked: Set<string> };

/** An account is asked one question after another, and no account waits for another's. */
async function compareAll(run: Run, attempts: readonly AttemptToCompare[]): Promise<void> {
  const accounts = Map.groupBy(attempts, accountOf);
  const ended = await Promise.allSettled([...accounts.values()].map((queue) => compareInTurn(run, queue)));
  for (const one of ended) if (one.status === 'rejected') throw one.reason;
}

async function compareInTurn(run: Run, queue: readonly AttemptToCompare[]): Promise<void> {
  for (const attempt of queue) await compare(run, attempt);
}

function accountOf({ publisherId, adapter, merchantId }: AttemptToCompare): string {
  return `${publisherId} ${adapter} ${merchantId}`;
}

async function compare({ context, options, found, asked }: Run, attempt: AttemptToCompare): Promise<void> {
  const { publisherId, adapter, merchantId, pinned } = attempt;
  const configured = context.methods.findByAdapter(publisherId, adapter, merchantId);
  if (!configured) return note(found, attempt, { kind: 'cannot tell', says: 'the account is not set up' });
  if (!configured.method.ask) {
    found.notAskable += 1;
    return;
  }
  if (asked.has(accountOf(attempt))) await pause(options.pauseMilliseconds);
  asked.add(accountOf(attempt));
  found.asked += 1;
  const call = callFor(context, { ...configured, settings: settingsFor(configured, pinned) });
  const facts = await findAttemptFacts(context.database, attempt.publisherId, attempt.attemptId);
  const evidence = await configured.method.ask(call, facts);
  const { amountMinor, money } = facts;
  const compared = compareMoney({ state: attempt.state, amountMinor, money }, evidence);
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
  const { publisherId, attemptId } = attempt;
  const about = { publisherId, attemptId };
  await context.database.transaction('reconcile-attempt', async (transaction) => {
    await applyEvidence(context, transaction, { ...about, source: 'question', evidence });
  });
}
