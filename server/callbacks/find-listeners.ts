import type { WebhookType } from './event-names.ts';

/**
 * A query for the publishers, of those in an array, that have a switched-on endpoint for the type: part of a
 * statement that would report what nobody hears. `publisher_id IN (…) IS TRUE` looks into the small index
 * once for the statement, and then only into a hash.
 */
export function findListeners(publisherIds: string, type: WebhookType): string {
  return `SELECT publisher_id FROM webhook_endpoints WHERE publisher_id = ANY (${publisherIds})
       AND disabled_at IS NULL AND (event_names = '{}' OR '${type}' = ANY (event_names))`;
}
