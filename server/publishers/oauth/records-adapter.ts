import type { Adapter } from 'oidc-provider';
import type { Queryable } from '../../database/statement.ts';
import { errors } from './load-provider.ts';
import {
  consumeRecord,
  destroyRecord,
  findRecord,
  mostFamilies,
  type RecordRow,
  recordIdOf,
  revokeRecordsOfGrant,
  timesOf,
  trimFamilies,
  upsertRecord,
} from './records-store.ts';

/**
 * Keeps one kind of the OAuth server's records in the database that all nodes share. A record's id is the
 * token itself, so only its hash is kept. The library reads times by this node's clock, and rows end by the
 * database's: what is left of a record is the same by both. Of the refresh tokens of one session at one site
 * those of the last few logins are kept.
 */
export function createRecordsAdapter(database: Queryable, model: string): Adapter {
  return {
    async find(id) {
      const [row] = await database.query<RecordRow>(findRecord, [model, recordIdOf(id)]);
      if (!row) return undefined;
      const consumed =
        row.consumed_at === null ? {} : { consumed: Math.floor(row.consumed_at.getTime() / 1000) };
      return { ...row.payload, ...timesOf(row, Math.floor(Date.now() / 1000)), ...consumed, jti: id };
    },
    // Of kinds that are not kept.
    findByUid: () => Promise.resolve(undefined),
    findByUserCode: () => Promise.resolve(undefined),
    async upsert(id, payload, expiresIn) {
      const { grantId, sessionUid } = payload;
      const kept = JSON.stringify({ ...payload, jti: undefined });
      const values = [model, recordIdOf(id), kept, grantId ?? null, expiresIn, sessionUid ?? null];
      await database.query(upsertRecord, values);
      if (model === 'RefreshToken' && sessionUid !== undefined && grantId !== undefined) {
        await database.query(trimFamilies, [sessionUid, payload.clientId, grantId, mostFamilies]);
      }
    },
    async consume(id) {
      const consumed = await database.query(consumeRecord, [model, recordIdOf(id)]);
      // Another request spent it in the same moment: this one is refused, as it would be a moment later.
      if (consumed.length === 0) throw new errors.InvalidGrant(`the ${model} is already consumed`);
    },
    async destroy(id) {
      await database.query(destroyRecord, [model, recordIdOf(id)]);
    },
    async revokeByGrantId(grantId) {
      await database.query(revokeRecordsOfGrant, [model, grantId]);
    },
  };
}
