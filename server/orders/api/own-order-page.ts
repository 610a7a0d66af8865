import { Type } from 'typebox';
import { readCursor, writeCursor } from '../../kit/cursor.ts';

/** How a list of a reader's goes on, beside the original's fields. Whoever does not ask gets much at once. */
export const pageFields = {
  cursor: Type.Optional(Type.String({ maxLength: 100, description: 'the nextCursor of the page before' })),
  limit: Type.Optional(
    Type.Integer({ minimum: 1, maximum: 200, description: 'orders on a page; 200 unless said' }),
  ),
};

export const nextCursor = Type.Union([Type.String(), Type.Null()], {
  description: 'where the list goes on; null is the end',
});

const largestPage = 200;

type Asked = { cursor?: string; limit?: number };

/** What to look for: one more than the page holds, as that tells whether it goes on. */
export function readPage({ cursor, limit = largestPage }: Asked) {
  return { beforeOrderId: readCursor(cursor), limit: limit + 1 };
}

/** The orders of the page, and where the next one begins. */
export function cutPage<Row extends { order_id: number }>(
  rows: readonly Row[],
  { limit = largestPage }: Asked,
) {
  const page = rows.slice(0, limit);
  const last = page.at(-1);
  return { page, nextCursor: rows.length > limit && last ? writeCursor(last.order_id) : null };
}
