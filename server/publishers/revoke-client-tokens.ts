import type { Database } from '../database/transaction.ts';
import type { PublisherId } from '../kit/ids.ts';
import type { PublisherDirectory } from './find-publisher.ts';
import { revokeTokens } from './publisher-store.ts';

/**
 * Ends every token that the client has, its own and its readers', with codes that are not swapped: on this
 * node at once, on the others within five seconds. Its secrets go on; rotate them first where they leaked.
 * Answers whether the publisher has such a client.
 */
export async function revokeClientTokens(
  context: { database: Database; publishers: Pick<PublisherDirectory, 'refresh'> },
  publisherId: PublisherId,
  clientId: string,
): Promise<boolean> {
  const rows = await context.database.query(revokeTokens, [publisherId, clientId]);
  await context.publishers.refresh();
  return rows.length > 0;
}
