import type { Address } from '../../customers/address.ts';
import { findConsentTexts } from '../../customers/consents-store.ts';
import type { CustomerDetails } from '../../customers/customer.ts';
import type { Database } from '../../database/transaction.ts';
import type { Publisher } from '../../publishers/publisher.ts';
import { peopleVersion } from './people-document.ts';
import { listAccounts, listCustomers, listHeldByAddress } from './people-statements.ts';

type Line = Record<string, unknown>;
type StoredAddress = { products?: string[]; address: Address; startDate: string; endDate?: string };
type Told = Line & { addresses?: StoredAddress[] };

/**
 * Tells all that `import people` takes, line by line, a page of people at a time: each person as they are
 * when their page is read. In the order of the numbers and ids, so that the same people make the same file.
 */
export async function* gatherPeople(database: Database, publisher: Publisher): AsyncGenerator<Line> {
  const { publisherId, name } = publisher;
  yield { leveretPeople: peopleVersion, publisher: name };
  for (const { consentCode, version, text, madeAt } of await findConsentTexts(database, publisherId)) {
    yield { consentText: { consentCode, version, text, madeAt: madeAt.toISOString() } };
  }
  let number = 0;
  for (;;) {
    type Row = { customer_number: number; details: CustomerDetails; told: Told };
    const rows = await database.query<Row>(listCustomers, [publisherId, number]);
    for (const { customer_number: customerNumber, details, told } of rows) {
      yield { customerNumber, ...tellDetails(details), ...tellMore(told) };
      number = customerNumber;
    }
    if (rows.length === 0) break;
  }
  let id = '';
  for (;;) {
    type Row = { unique_user_id: string; account: Line };
    const rows = await database.query<Row>(listAccounts, [publisherId, id]);
    for (const { unique_user_id: uniqueUserId, account } of rows) {
      yield { accounts: [account] };
      id = uniqueUserId;
    }
    if (rows.length === 0) break;
  }
  for (const kind of ['mobile', 'email'] as const) yield* gatherHeld(database, publisherId, kind);
}

/** What an address holds that no reader has shown to be theirs: it goes as the account that it would have. */
async function* gatherHeld(
  database: Database,
  publisherId: number,
  kind: 'mobile' | 'email',
): AsyncGenerator<Line> {
  let key: Buffer = Buffer.alloc(0);
  for (;;) {
    type Row = { key: Buffer; account: Line | null };
    const rows = await database.query<Row>(listHeldByAddress[kind], [publisherId, key]);
    for (const row of rows) {
      if (row.account) yield { accounts: [row.account] };
      key = row.key;
    }
    if (rows.length === 0) break;
  }
}

/** In the order in which a file is read, whichever way they came to be. */
function tellDetails({ name, phoneNumbers, emails, invoiceEmailAddress, categories = [] }: CustomerDetails) {
  return { name, phoneNumbers, emails, invoiceEmailAddress, categories };
}

function tellMore({ addresses, ...more }: Told): Line {
  return { ...more, ...(addresses && { addresses: addresses.map(tellAddress) }) };
}

function tellAddress({ products, address, startDate, endDate }: StoredAddress): Line {
  const period = { startDate, ...(endDate && { endDate }) };
  return { ...(products && { product: products.join(',') }), ...address, period };
}
