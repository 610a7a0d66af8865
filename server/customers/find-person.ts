import { type Queryable, sql } from '../database/statement.ts';
import type { CustomerNumber, PublisherId } from '../kit/ids.ts';
import { fieldProblem, Problem } from '../kit/problem.ts';
import type { ErasedPerson } from './customer.ts';
import {
  choosePerson,
  type Key,
  type OrderFacts,
  type Party,
  type Payer,
  type Provers,
  payerOf,
} from './decide-person.ts';
import { isPaidBy, isTheirPending, type PendingAccount } from './decide-rows.ts';
import { findPersonNumbers } from './find-person-numbers.ts';
import {
  bytesOf,
  findOrdersNear,
  findOrdersUnder,
  findProvers,
  keyOf,
  keysOfOrders,
  mostOrders,
} from './find-person-orders.ts';
import { findPersonRows } from './find-person-rows.ts';

/** Who is meant: a number or an account, and what they have shown the publisher to be theirs. */
export type Whom = {
  publisherId: PublisherId;
  credentialHash: Buffer;
  by: { customerNumber: CustomerNumber } | { uniqueUserId: string };
  credentials: readonly { key: Buffer; shown: string }[];
};

/** An order near a person that stays, or that stays somebody else's in part. */
export type LeftOrder = {
  orderId: number;
  why: 'paid_by_another' | 'payer_is_unproven' | 'payer_is_contested' | 'is_anothers';
};

export type FoundPerson = { person: ErasedPerson; left: readonly LeftOrder[] };

/**
 * Finds a person, and each row that is theirs. Throws `not_found`, `customer_is_several`,
 * `customer_is_too_large`, and `credential_is_anothers`.
 */
export async function findPerson(database: Queryable, whom: Whom): Promise<FoundPerson> {
  const { publisherId, credentials } = whom;
  const given = await findProvers(
    database,
    publisherId,
    credentials.map(({ key }) => keyOf(key)),
  );
  const named = credentials.map(({ key }) => ({
    key: keyOf(key),
    provenBy: given.get(keyOf(key))?.accountId,
  }));
  const party = await findParty(database, whom, named);
  const foreign = named.findIndex(
    (one) => one.provenBy !== undefined && !party.accountIds.includes(one.provenBy),
  );
  if (foreign >= 0) {
    const message = `credentials[${foreign}] is somebody else's, who has proven it`;
    throw fieldProblem('credential_is_anothers', `credentials[${foreign}]`, message);
  }
  const known = await findCredentials(database, publisherId, party.accountIds);
  const vouched = new Set(
    // The account of an address that nobody has proven is meant by the address.
    [...named.filter((one) => one.provenBy === undefined), ...known.filter((one) => one.isPending)].map(
      ({ key }) => key,
    ),
  );
  const certain = known.filter(({ isProven, isPending }) => isProven || isPending);
  const sure = [...new Set([...certain.map(({ key }) => key), ...vouched])];
  const found = await findOrders(database, whom, { party, sure, vouched });
  const { accountIds, own, given: givenOrders, left } = found;
  const numbers = await findPersonNumbers(database, publisherId, {
    accountIds,
    orderIds: own.map(({ orderId }) => orderId),
    keys: [...sure, ...own.flatMap(({ payerKeys }) => payerKeys)],
    chosen: party.ownsNumber && 'customerNumber' in whom.by ? whom.by.customerNumber : undefined,
  });
  const rows = await findPersonRows(database, whom, {
    accountIds,
    vouched,
    own,
    given: givenOrders,
    sure,
    contacts: [...certain.map(({ credential }) => credential), ...credentials.map(({ shown }) => shown)],
  });
  const { shared, ...theirs } = rows;
  const person: ErasedPerson = {
    accountIds,
    customerNumbers: numbers,
    orderIds: own.map(({ orderId }) => orderId),
    givenOrderIds: givenOrders.map(({ orderId }) => orderId),
    ...theirs,
  };
  if (isNobody(person)) throw new Problem('not_found');
  const anothers = [...shared].map((orderId) => ({ orderId, why: 'is_anothers' as const }));
  return { person, left: [...left, ...anothers] };
}

function isNobody({
  accountIds,
  customerNumbers,
  orderIds,
  linkIds,
  messageIds,
  parties,
}: ErasedPerson): boolean {
  return [accountIds, customerNumbers, orderIds, linkIds, messageIds, parties].every(
    (list) => list.length === 0,
  );
}

type Named = Parameters<typeof choosePerson>[1];

async function findParty(database: Queryable, whom: Whom, named: Named): Promise<Party> {
  const { publisherId, by } = whom;
  if ('uniqueUserId' in by) {
    const accountId = await findAccount(database, publisherId, by.uniqueUserId);
    return { accountIds: [accountId], orderIds: [], keys: new Set(), ownsNumber: false };
  }
  const orders = await findOrdersUnder(database, publisherId, by.customerNumber);
  const { contacts, ...number } = await findNumber(database, publisherId, by.customerNumber);
  const provers = await findProvers(database, publisherId, [...keysOfOrders(orders), ...contacts]);
  const choice = choosePerson(
    {
      ...number,
      contacts: contacts.map((key) => ({ key, provenBy: provers.get(key)?.accountId })),
      payers: orders.map((order) => ({ orderId: order.orderId, payer: payerOf(order, provers) })),
    },
    named,
  );
  if (choice.kind === 'nobody') throw new Problem('not_found');
  if (choice.kind === 'one') return choice.party;
  const { accounts, others } = choice;
  const people = accounts + others;
  const detail =
    `${people} ${people === 1 ? 'person stands' : 'people stand'} under the number, ${accounts} with a user` +
    `${number.isErased ? ', beside who was erased' : ''}: ` +
    'name a user by uniqueUserId, or somebody by credentials that are theirs';
  throw new Problem('customer_is_several', { detail });
}

const findAccountStatement = sql(
  'accounts.findForPrivacy',
  `SELECT account_id FROM accounts WHERE publisher_id = $1 AND unique_user_id = $2 AND state <> 'closed'`,
);

async function findAccount(database: Queryable, publisherId: number, uniqueUserId: string): Promise<number> {
  const values = [publisherId, uniqueUserId];
  const [row] = await database.query<{ account_id: number }>(findAccountStatement, values);
  if (!row) throw new Problem('not_found');
  return row.account_id;
}

const findNumberStatement = sql(
  'customers.findUnderNumber',
  `SELECT EXISTS (SELECT FROM customers WHERE publisher_id = $1 AND customer_number = $2) AS is_written,
     EXISTS (SELECT FROM customers
       WHERE publisher_id = $1 AND customer_number = $2 AND is_said) AS is_registered,
     EXISTS (SELECT FROM erased_customers WHERE publisher_id = $1 AND customer_number = $2) AS is_erased,
     (SELECT coalesce(json_agg(account_id ORDER BY account_id), '[]') FROM accounts
       WHERE publisher_id = $1 AND customer_number = $2 AND state <> 'closed') AS attached,
     ARRAY(SELECT contact_key FROM customer_contacts
       WHERE publisher_id = $1 AND customer_number = $2) AS contacts`,
);

async function findNumber(database: Queryable, publisherId: number, customerNumber: number) {
  type Row = {
    is_written: boolean;
    is_registered: boolean;
    is_erased: boolean;
    attached: number[];
    contacts: Buffer[];
  };
  const [row] = await database.query<Row>(findNumberStatement, [publisherId, customerNumber]);
  if (!row) throw new Error('the number was not looked for');
  return {
    isWritten: row.is_written,
    isRegistered: row.is_registered,
    isErased: row.is_erased,
    attached: row.attached,
    contacts: row.contacts.map(keyOf),
  };
}

const findCredentialsStatement = sql(
  'credentials.findOfPerson',
  `SELECT credential_key, credential, proven_at IS NOT NULL AS is_proven,
     state = 'pending' AND proven_at IS NULL AS is_pending
   FROM credentials JOIN accounts USING (account_id)
   WHERE credentials.publisher_id = $1 AND account_id = ANY ($2::bigint[]) ORDER BY credential_key`,
);

async function findCredentials(database: Queryable, publisherId: number, accountIds: readonly number[]) {
  type Row = { credential_key: Buffer; credential: string; is_proven: boolean; is_pending: boolean };
  const rows = await database.query<Row>(findCredentialsStatement, [publisherId, accountIds]);
  return rows.map((row) => ({
    key: keyOf(row.credential_key),
    credential: row.credential,
    isProven: row.is_proven,
    isPending: row.is_pending,
  }));
}

type Meant = { party: Party; sure: readonly Key[]; vouched: ReadonlySet<Key> };

/** Every order near the person: paid by them, tied to their account, or under their number. */
async function findOrders(database: Queryable, { publisherId, by }: Whom, { party, sure, vouched }: Meant) {
  const near = await findOrdersNear(database, publisherId, {
    accountIds: party.accountIds,
    keys: sure,
    orderIds: party.orderIds,
  });
  const under = 'customerNumber' in by ? await findOrdersUnder(database, publisherId, by.customerNumber) : [];
  const orders = [...new Map([...under, ...near].map((order) => [order.orderId, order])).values()];
  const provers = await findProvers(database, publisherId, keysOfOrders(orders));
  const mayPay = new Set(party.orderIds);
  const chosen = { accountIds: new Set(party.accountIds), vouched };
  const isOwn = (order: OrderFacts) =>
    isPaidBy(chosen, mayPay, { orderId: order.orderId, payer: payerOf(order, provers) });
  const own = orders.filter(isOwn).sort((one, other) => one.orderId - other.orderId);
  const rest = orders.filter((order) => !isOwn(order));
  const pending = await findPending(database, publisherId, { own, vouched });
  const accountIds = [...new Set([...party.accountIds, ...pending])].sort((one, other) => one - other);
  const isTied = ({ accountId }: OrderFacts) => accountId !== undefined && accountIds.includes(accountId);
  const isUnder = ({ customerNumber }: OrderFacts) =>
    'customerNumber' in by && customerNumber === by.customerNumber;
  const left = rest
    .filter((order) => isTied(order) || isUnder(order))
    .flatMap((order) => tellLeft(order, provers));
  return { accountIds, own, given: rest.filter(isTied), left };
}

const whyLeft: Record<Payer['kind'], LeftOrder['why'] | undefined> = {
  account: 'paid_by_another',
  unproven: 'payer_is_unproven',
  contested: 'payer_is_contested',
  forgotten: undefined,
};

function tellLeft(order: OrderFacts, provers: Provers): LeftOrder[] {
  const why = whyLeft[payerOf(order, provers).kind];
  return why === undefined ? [] : [{ orderId: order.orderId, why }];
}

const findPendingStatement = sql(
  'accounts.findPendingOfKeys',
  `SELECT account_id,
     ARRAY(SELECT encode(credential_key, 'hex') FROM credentials every
       WHERE every.account_id = accounts.account_id) AS keys,
     (SELECT coalesce(json_agg(order_id), '[]') FROM (
       SELECT order_id FROM orders WHERE orders.account_id = accounts.account_id LIMIT $3) tied) AS order_ids
   FROM accounts WHERE state = 'pending' AND customer_number IS NULL AND account_id IN (
     SELECT account_id FROM credentials WHERE publisher_id = $1 AND credential_key = ANY ($2::bytea[]))`,
);

async function findPending(
  database: Queryable,
  publisherId: number,
  { own, vouched }: { own: readonly OrderFacts[]; vouched: ReadonlySet<Key> },
): Promise<number[]> {
  const typed = new Set(own.flatMap(({ payerKeys }) => payerKeys));
  const keys = [...typed, ...vouched].map(bytesOf);
  type Row = { account_id: number; keys: Key[]; order_ids: number[] };
  const rows = await database.query<Row>(findPendingStatement, [publisherId, keys, mostOrders + 1]);
  const orders = new Set(own.map(({ orderId }) => orderId));
  return rows
    .map((row): PendingAccount => ({ accountId: row.account_id, keys: row.keys, orderIds: row.order_ids }))
    .filter((account) => isTheirPending(account, { typed, vouched, orders }))
    .map(({ accountId }) => accountId);
}
