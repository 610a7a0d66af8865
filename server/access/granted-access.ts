import { findListeners } from '../callbacks/find-listeners.ts';
import { orderId, publisherId } from '../kit/ids.ts';
import type { AccessEvent, GivenGrant, GrantKind } from './access.ts';

export type GrantedRow = {
  publisher_id: number;
  order_id: number;
  line_number: number;
  kind: GrantKind;
  product_code: string | null;
  issue_code: string | null;
  article_ref: string | null;
  category_type: string | null;
  starts_at: Date;
  ends_at: Date | null;
};

export const grantedColumns = `publisher_id, order_id, line_number, kind, product_code, issue_code,
       article_ref, category_type, starts_at, ends_at`;

/** Of the rows in `granted`, those that somebody is to be told about; `$1` holds the publishers. */
export const selectSubscribed = `SELECT * FROM granted
   WHERE (publisher_id IN (${findListeners('$1', 'access.granted')})) IS TRUE
   ORDER BY order_id, line_number, kind`;

/** One event for each order, however many lines it has. Who holds the grants is not told. */
export function grantedEvents(rows: readonly GrantedRow[]): AccessEvent[] {
  return [...Map.groupBy(rows, (row) => row.order_id).values()].flatMap((ofOrder) =>
    ofOrder.slice(0, 1).map((first) => ({
      name: 'access granted',
      publisherId: publisherId(first.publisher_id),
      orderId: orderId(first.order_id),
      grants: ofOrder.map(showGrant),
    })),
  );
}

function showGrant(row: GrantedRow): GivenGrant {
  return {
    lineNumber: row.line_number,
    kind: row.kind,
    product: row.product_code,
    issue: row.issue_code,
    articleRef: row.article_ref,
    categoryType: row.category_type,
    startsAt: row.starts_at.toISOString(),
    endsAt: row.ends_at?.toISOString() ?? null,
  };
}
