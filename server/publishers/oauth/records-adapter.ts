import type { Adapter, AdapterPayload } from 'oidc-provider';
import type { Queryable, Statement } from '../../database/statement.ts';
import { errors } from './load-provider.ts';
import {
  consumeRecord,
  destroyRecord,
  findRecord,
  findRecordByUid,
  findRecordByUserCode,
  type RecordRow,
  revokeRecordsOfGrant,
  upsertRecord,
} from './records-store.ts';

/** Keeps one kind of the OAuth server's records in the database that all nodes share. */
export function createRecordsAdapter(database: Queryable, model: string): Adapter {
  async function find(statement: Statement, id: string): Promise<AdapterPayload | undefined> {
    const [row] = await database.query<RecordRow>(statement, [model, id]);
    if (!row) return undefined;
    const consumed =
      row.consumed_at === null ? {} : { consumed: Math.floor(row.consumed_at.getTime() / 1000) };
    return { ...row.payload, ...consumed };
  }

  return {
    find: (id) => find(findRecord, id),
    findByUid: (uid) => find(findRecordByUid, uid),
    findByUserCode: (userCode) => find(findRecordByUserCode, userCode),
    async upsert(id, payload, expiresIn) {
      const { grantId, userCode, uid, sessionUid } = payload;
      const values = [model, id, JSON.stringify(payload), grantId, userCode, uid, expiresIn, sessionUid];
      await database.query(
        upsertRecord,
        values.map((value) => value ?? null),
      );
    },
    async consume(id) {
      const consumed = await database.query(consumeRecord, [model, id]);
      // Another request spent it in the same moment: this one is refused, as it would be a moment later.
      if (consumed.length === 0) throw new errors.InvalidGrant(`the ${model} is already consumed`);
    },
    async destroy(id) {
      await database.query(destroyRecord, [model, id]);
    },
    async revokeByGrantId(grantId) {
      await database.query(revokeRecordsOfGrant, [model, grantId]);
    },
  };
}
