import type { SealingKeys } from '../kit/seal.ts';
import { writeAct } from './act-log.ts';
import { type KeyedReply, type Reply, runOnce } from './idempotency-keys.ts';
import type { Database, Transaction } from './transaction.ts';

type KeyedCall = {
  caller: { clientId: string; publisher: { publisherId: number } };
  params: unknown;
  body: unknown;
  idempotencyKey: string | undefined;
  bodyText: string;
};

/**
 * Runs a call's work in one transaction, once for its idempotency key, with the act where one is kept.
 * `operation` is the operation's id, with what its path names behind it; `sealing` keeps a reply that shows a
 * secret.
 */
export function runKeyed(
  database: Database,
  call: KeyedCall,
  operation: string,
  work: (transaction: Transaction) => Promise<Reply>,
  sealing?: SealingKeys,
): Promise<KeyedReply> {
  const once = {
    clientId: call.caller.clientId,
    operation,
    key: call.idempotencyKey,
    bodyText: call.bodyText,
    ...(sealing && { sealing }),
  };
  return database.transaction(`keyed ${operation.replace(/ .*/, '')}`, (transaction) =>
    runOnce(transaction, once, async () => {
      const reply = await work(transaction);
      await keepAct(transaction, call, reply);
      return reply;
    }),
  );
}

/** What the row of the call says is kept of it. */
async function keepAct(transaction: Transaction, call: KeyedCall, reply: Reply): Promise<void> {
  const act = transaction.origin?.call?.act;
  if (act === undefined || 'none' in act) return;
  const [path, body, told] = [membersOf(call.params), membersOf(call.body), membersOf(reply.body)];
  const subject = act.id === undefined ? undefined : (path.get(act.id) ?? told.get(act.id));
  const orderId = Number(path.get('orderId') ?? told.get('orderId') ?? 0);
  const customerNumber = Number(path.get('customerNumber') ?? told.get('customerNumber') ?? 0);
  const reason = act.reason === false ? undefined : body.get(act.reason ?? 'reason');
  const facts = (act.facts ?? []).filter((name) => body.has(name)).map((name) => [name, body.get(name)]);
  await writeAct(transaction, {
    publisherId: call.caller.publisher.publisherId,
    subjectId: typeof subject === 'string' || typeof subject === 'number' ? subject : undefined,
    orderId: orderId > 0 ? orderId : undefined,
    customerNumber: customerNumber > 0 ? customerNumber : undefined,
    reason: typeof reason === 'string' && reason !== '' ? reason : undefined,
    facts: Object.fromEntries(facts),
  });
}

function membersOf(value: unknown): ReadonlyMap<string, unknown> {
  return new Map(typeof value === 'object' && value !== null ? Object.entries(value) : []);
}
