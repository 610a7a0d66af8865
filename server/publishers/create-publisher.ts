import type { Transaction } from '../database/transaction.ts';
import { type PublisherId, publisherId } from '../kit/ids.ts';
import type { Currency } from '../kit/money.ts';
import type { PublisherSettings } from './publisher-settings.ts';
import { insertPublisher } from './publisher-store.ts';

export type NewPublisher = {
  name: string;
  /** IANA name, such as `Europe/Oslo`. */
  timeZone: string;
  /** Two capital letters (ISO 3166-1). */
  country: string;
  currency: Currency;
  locale: string;
  ownerEmail?: string;
  /** What differs from the defaults. */
  settings?: Partial<PublisherSettings>;
};

/** Makes a tenant and answers its id. */
export async function createPublisher(
  transaction: Transaction,
  publisher: NewPublisher,
): Promise<PublisherId> {
  const [row] = await transaction.query<{ publisher_id: number }>(insertPublisher, [
    publisher.name,
    publisher.timeZone,
    publisher.country,
    publisher.currency,
    publisher.locale,
    publisher.ownerEmail ?? null,
    JSON.stringify(publisher.settings ?? {}),
  ]);
  if (!row) throw new Error('the publisher was not written');
  return publisherId(row.publisher_id);
}
