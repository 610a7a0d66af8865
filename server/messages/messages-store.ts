import { type Queryable, sql } from '../database/statement.ts';
import { correctedTo } from '../orders/find-correction.ts';
import type { MessageState } from './message.ts';
import type { MessageName } from './message-kinds.ts';

export type MessageRow = {
  message_id: number;
  publisher_id: number;
  order_id: number | null;
  link_id: number | null;
  template: MessageName;
  channel: 'sms' | 'email';
  language: string;
  destination: string;
  facts: Record<string, unknown>;
  reference: string;
  state: MessageState;
  tries: number;
  publisher_name: string;
  purchase: string | null;
  more_lines: number;
  key_id: string | null;
  client_id: string | null;
  link_seconds: number | null;
  is_link_ended: boolean;
  seconds_left: number | null;
  has_account: boolean;
  /** The publisher honours withdrawals, and something of the order is no single issue. */
  may_withdraw: boolean;
  /** What the order was corrected to, empty where that is not kept any more; null where nobody did. */
  corrected_to: string | null;
};

const findStatement = sql(
  'messages.find',
  `SELECT asked.position, message_id, messages.publisher_id, messages.order_id, messages.link_id, template,
     channel, language, destination, facts, reference, messages.state, tries,
     publishers.name AS publisher_name, order_lines.description AS purchase,
     (SELECT count(*) FROM order_lines others WHERE others.order_id = messages.order_id
       AND others.line_number > 1)::integer AS more_lines,
     login_links.key_id, login_links.client_id,
     extract(epoch FROM login_links.expires_at - login_links.created_at)::float8 AS link_seconds,
     login_links.ended_at IS NOT NULL AS is_link_ended,
     extract(epoch FROM messages.expires_at - (SELECT leveret_now()))::float8 AS seconds_left,
     EXISTS (SELECT FROM credentials JOIN accounts USING (account_id)
       WHERE credentials.publisher_id = login_links.publisher_id AND accounts.state = 'active'
         AND credentials.credential_key = login_links.credential_key) AS has_account,
     coalesce(publishers.settings ->> 'withdrawal', 'always') <> 'off' AND EXISTS (
       SELECT FROM order_lines sold WHERE sold.order_id = messages.order_id AND spec_type <> 'issue')
       AS may_withdraw,
     ${correctedTo('messages.publisher_id', 'messages.order_id')} AS corrected_to
   FROM unnest($1::integer[], $2::bigint[]) WITH ORDINALITY AS asked (publisher_id, id, position)
     JOIN messages ON message_id = asked.id AND messages.publisher_id = asked.publisher_id
     JOIN publishers ON publishers.publisher_id = messages.publisher_id
     LEFT JOIN login_links ON login_links.link_id = messages.link_id
     LEFT JOIN order_lines ON order_lines.order_id = messages.order_id AND order_lines.line_number = 1`,
);

/** These messages, in their order; nothing for one that is not there. */
export async function findMessages(
  database: Queryable,
  keys: readonly { publisherId: number; messageId: number }[],
): Promise<(MessageRow | undefined)[]> {
  const columns = [keys.map((key) => key.publisherId), keys.map((key) => key.messageId)];
  const rows = await database.query<MessageRow & { position: number }>(findStatement, columns);
  const found = new Map(rows.map(({ position, ...row }) => [position, row]));
  return keys.map((_key, index) => found.get(index + 1));
}

const recordTryStatement = sql(
  'messages.recordTry',
  `UPDATE messages SET tries = tries + CASE WHEN $6 THEN 1 ELSE 0 END,
     provider_id = coalesce($5, messages.provider_id),
     state = CASE WHEN is_open THEN $3 ELSE messages.state END,
     reason = CASE WHEN is_open THEN $4 ELSE messages.reason END,
     ended_at = CASE WHEN is_open AND $3 = 'failed' THEN (SELECT leveret_now()) ELSE messages.ended_at END
   FROM (
     SELECT message_id, state IN ('waiting', 'unknown') AS is_open FROM messages
     WHERE publisher_id = $1 AND message_id = $2 FOR UPDATE) known
   WHERE messages.message_id = known.message_id
   RETURNING is_open`,
);

export type RecordedTry = {
  state: MessageState;
  reason: string | undefined;
  providerId?: string;
  /** False where nothing was sent, as there is no sense in it any more. */
  isTried: boolean;
};

/** Records what a try came to, and answers whether that stands: a report that came first is kept. */
export async function recordTry(
  database: Queryable,
  message: MessageRow,
  tried: RecordedTry,
): Promise<boolean> {
  const { publisher_id: publisherId, message_id: messageId } = message;
  const { state, reason = null, providerId = null, isTried } = tried;
  const values = [publisherId, messageId, state, reason, providerId, isTried];
  const [row] = await database.query<{ is_open: boolean }>(recordTryStatement, values);
  return row?.is_open === true;
}
