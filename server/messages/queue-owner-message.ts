import type { CallbackEvent } from '../callbacks/callback.ts';
import { sql } from '../database/statement.ts';
import type { Transaction } from '../database/transaction.ts';
import type { NowStep } from '../kit/journey-runner.ts';
import { queueForOwners } from './queue-for-owners.ts';

type EndpointDisabled = Extract<CallbackEvent, { name: 'endpoint disabled' }>;

const findEndpoints = sql(
  'messages.findDisabledEndpoints',
  `SELECT publisher_id, endpoint_id, split_part(url, '?', 1) AS endpoint FROM webhook_endpoints
   WHERE endpoint_id = ANY ($1::bigint[]) ORDER BY endpoint_id`,
);

type Row = { publisher_id: number; endpoint_id: number; endpoint: string };

/** The publisher's owner learns that an endpoint was switched off. */
export const queueOwnerMessage: NowStep<unknown, Transaction, EndpointDisabled> = {
  stepName: 'queueOwnerMessage',
  reports: ['message queued'],
  async run(_context, transaction, events) {
    const rows = await transaction.query<Row>(findEndpoints, [events.map((event) => event.endpointId)]);
    const told = rows.map((row) => ({
      publisherId: row.publisher_id,
      facts: { endpointId: row.endpoint_id, endpoint: row.endpoint },
    }));
    await queueForOwners(transaction, 'endpoint-disabled', told);
  },
};
