import { clientId, publisherId } from '../kit/ids.ts';
import { isCurrency } from '../kit/money.ts';
import type { ReturnAddress } from '../kit/return-url.ts';
import { clientSettingsOf } from './client-settings.ts';
import { type Client, type Publisher } from './publisher.ts';
import { publisherSettingsOf } from './publisher-settings.ts';
import type { ClientRow, PublisherRow } from './publisher-store.ts';

/** Makes a publisher of its row; a setting that the row leaves out has its default. */
export function readPublisher(row: PublisherRow): Publisher {
  if (!isCurrency(row.currency)) throw new Error(`the publisher ${row.publisher_id} has an unknown currency`);
  return {
    publisherId: publisherId(row.publisher_id),
    name: row.name,
    timeZone: row.time_zone,
    country: row.country,
    currency: row.currency,
    locale: row.locale,
    ownerEmail: row.owner_email ?? '',
    settings: publisherSettingsOf(row.settings as object),
  };
}

export function readClient(row: ClientRow, publisher: Publisher): Client {
  return {
    clientId: clientId(row.client_id),
    by: { kind: 'client', id: row.client_id },
    publisher,
    name: row.name,
    profile: row.profile === 'strict' ? 'strict' : 'original',
    scopes: row.scopes,
    returnAddresses: row.return_addresses as ReturnAddress[],
    settings: clientSettingsOf(row.settings as object),
    revocationNumber: row.revocation_number,
    isDisabled: row.is_disabled,
  };
}
