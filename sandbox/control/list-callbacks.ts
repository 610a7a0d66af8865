import { inputReader } from '../kit/bad-input.ts';
import type { Publisher } from '../publisher/publisher.ts';

const number = { type: 'string', pattern: '^\\d{1,15}$' };
const readQuery = inputReader<{ after?: string; limit?: string; path?: string }>({
  type: 'object',
  additionalProperties: false,
  properties: { after: number, limit: number, path: { type: 'string' } },
});

/**
 * What the publisher's site got, as JSON text, oldest first. `after` leaves out everything up to that number,
 * `path` all but one place and what is below it, `limit` all but the newest.
 */
export function listCallbacks(publisher: Publisher, query: unknown): string {
  const { after, limit, path } = readQuery(query);
  return publisher.callbacks.listJson({
    after: Number(after ?? 0),
    limit: Number(limit ?? Infinity),
    path: path ?? '',
  });
}
