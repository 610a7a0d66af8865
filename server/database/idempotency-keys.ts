import { createHash } from 'node:crypto';
import { Problem } from '../kit/problem.ts';
import { type SealingKeys, seal, unseal } from '../kit/seal.ts';
import type { SealedColumn } from './reseal-column.ts';
import { sql } from './statement.ts';
import { sqlState, type Transaction } from './transaction.ts';

/** Which request this is: a key means something only for one operation of one client. */
export type KeyedRequest = {
  clientId: string;
  operation: string;
  /** Without a key the work just runs. */
  key: string | undefined;
  /** The body as it was sent; for operations on a path, with the path's id before it. */
  bodyText: string;
  /** The key to keep the reply under, where it shows a secret. */
  sealing?: SealingKeys;
};

export type Reply = { status: number; body: object };

/** A reply that tells, where it is not the first, that nothing was done this time. */
export type KeyedReply = Reply & { replayed: boolean; headers?: Record<string, string> };

type KeyRow = { fingerprint: Buffer; reply_status: number | null; reply: object | null };

/** Waits for whoever holds the same key, up to the session's lock limit. */
const take = sql(
  'idempotencyKeys.take',
  `INSERT INTO idempotency_keys (client_id, operation, key, fingerprint, created_at)
   VALUES ($1, $2, $3, $4, (SELECT leveret_now()))
   ON CONFLICT (client_id, operation, key) DO NOTHING RETURNING key`,
);

const find = sql(
  'idempotencyKeys.find',
  `SELECT fingerprint, reply_status, reply FROM idempotency_keys
   WHERE client_id = $1 AND operation = $2 AND key = $3`,
);

const storeReply = sql(
  'idempotencyKeys.storeReply',
  `UPDATE idempotency_keys SET reply_status = $4, reply = $5
   WHERE client_id = $1 AND operation = $2 AND key = $3`,
);

/**
 * Does the work once for a key: the key, the work's facts and the reply commit together, and a repeat gets
 * the first reply with `replayed`. A work that throws leaves no key behind, so a refusal or failure may be
 * tried again. Throws `idempotency_key_reused` for another body, `request_is_running` while the first runs.
 */
export async function runOnce(
  transaction: Transaction,
  request: KeyedRequest,
  work: () => Promise<Reply>,
): Promise<KeyedReply> {
  if (request.key === undefined) return { ...(await work()), replayed: false };
  const identity = [request.clientId, request.operation, request.key];
  const fingerprint = createHash('sha256').update(request.bodyText).digest();
  const isFirst = await takeKey(transaction, [...identity, fingerprint]);
  if (!isFirst) return replay(transaction, identity, fingerprint, request.sealing);
  const reply = await work();
  const kept = request.sealing ? sealBody(request.sealing, identity, reply.body) : reply.body;
  await transaction.query(storeReply, [...identity, reply.status, JSON.stringify(kept)]);
  return { ...reply, replayed: false };
}

async function takeKey(transaction: Transaction, values: readonly unknown[]): Promise<boolean> {
  try {
    return (await transaction.query(take, values)).length > 0;
  } catch (error) {
    if (sqlState(error) === '55P03') throw stillRunning();
    throw error;
  }
}

async function replay(
  transaction: Transaction,
  identity: readonly string[],
  fingerprint: Buffer,
  sealing: SealingKeys | undefined,
): Promise<KeyedReply> {
  const [row] = await transaction.query<KeyRow>(find, identity);
  // The first request failed or was cleaned up between the two statements.
  if (!row) throw stillRunning();
  if (!row.fingerprint.equals(fingerprint)) throw new Problem('idempotency_key_reused');
  if (row.reply_status === null || row.reply === null) throw stillRunning();
  const headers = { 'idempotency-replayed': 'true' };
  const body = sealing ? openBody(sealing, identity, row.reply) : row.reply;
  return { status: row.reply_status, body, replayed: true, headers };
}

function sealBody(sealing: SealingKeys, identity: readonly string[], body: object): object {
  const sealed = seal(sealing, placeOf(identity), Buffer.from(JSON.stringify(body)));
  return { sealed: sealed.toString('base64') };
}

function openBody(sealing: SealingKeys, identity: readonly string[], kept: object): object {
  if (!('sealed' in kept) || typeof kept.sealed !== 'string')
    throw new Error('the reply was not kept sealed');
  const opened = unseal(sealing, placeOf(identity), Buffer.from(kept.sealed, 'base64'));
  return JSON.parse(opened.toString());
}

/** Replies that show a secret, as they are sealed anew. */
export const sealedReplies: SealedColumn = {
  table: 'idempotency_keys',
  column: 'reply',
  where: "reply ->> 'sealed' IS NOT NULL",
  read: "decode(reply ->> 'sealed', 'base64')",
  write: (fresh) => `json_build_object('sealed', translate(encode(${fresh}, 'base64'), E'\\n', ''))`,
  key: { client_id: 'text', operation: 'text', key: 'text' },
  placeOf: (row) => placeOf([String(row['client_id']), String(row['operation']), String(row['key'])]),
};

function placeOf(identity: readonly string[]): string {
  return `idempotency_keys.reply ${JSON.stringify(identity)}`;
}

function stillRunning(): Problem {
  return new Problem('request_is_running', { retryAfterSeconds: 1 });
}
