import type { Queryable } from '../database/statement.ts';
import type { ErasedGrant, ErasedPerson } from './customer.ts';
import { type Key, nameKey, type Provers } from './decide-person.ts';
import { isTheirs, type Person } from './decide-rows.ts';
import {
  type Candidate,
  type CandidateGrant,
  findCandidates,
  type Known,
  type Whose,
} from './find-person-candidates.ts';
import { bytesOf, findProvers } from './find-person-orders.ts';

type Rows = Omit<ErasedPerson, 'accountIds' | 'customerNumbers' | 'orderIds' | 'givenOrderIds'>;
type Candidates = Awaited<ReturnType<typeof findCandidates>>;

/**
 * Every row of every room that is a person's, by its id: rooms forget these, and an export tells them.
 * `shared` are orders they paid for on which somebody else is named.
 */
export async function findPersonRows(
  database: Queryable,
  whose: Whose,
  known: Known,
): Promise<Rows & { shared: ReadonlySet<number> }> {
  const found = await findCandidates(database, whose, known);
  const typed = known.own.flatMap(({ payerKeys }) => payerKeys);
  const provers = await findProvers(database, whose.publisherId, [...typed, ...keysNamed(found)]);
  const person = personOf(known, found, provers);
  const isOfThem = ({ orderId, keys, at }: Candidate) =>
    isTheirs({ orderId, keys: keys.map((key) => nameKey(provers, key, at)) }, person);
  const linkIds = new Set(found.links.filter(isOfThem).map(({ linkId }) => linkId));
  // A message goes with the link that it carries.
  const messages = found.messages.filter((row) =>
    row.linkId === undefined ? isOfThem(row) : linkIds.has(row.linkId),
  );
  const receivers = found.receivers.filter(isOfThem);
  return {
    linkIds: [...linkIds],
    messageIds: messages.map(({ messageId }) => messageId),
    withdrawalIds: found.withdrawals.filter(isOfThem).map(({ withdrawalId }) => withdrawalId),
    completionOrderIds: found.completions.filter(isOfThem).map(({ orderId }) => orderId),
    parties: [
      ...known.own.map(({ orderId }) => ({ orderId, lineNumber: 0 })),
      ...receivers.map(({ orderId, lineNumber }) => ({ orderId, lineNumber })),
    ],
    grants: found.grants.flatMap((grant) => forgottenOf(grant, person, isOfThem)),
    keys: [...new Set([...known.sure, ...typed.filter((key) => !provers.has(key))])].map(bytesOf),
    shared: new Set(
      [...person.orders]
        .filter(([orderId, { others }]) => others.size > 0 || found.tied.has(orderId))
        .map(([orderId]) => orderId),
    ),
  };
}

function keysNamed({
  receivers,
  links,
  messages,
  withdrawals,
  completions,
  grants,
  tied,
}: Candidates): Key[] {
  return [
    ...[receivers, links, messages, withdrawals, completions].flat().flatMap(({ keys }) => keys),
    ...grants.flatMap(({ mobileKey, emailKey }) => [mobileKey ?? [], emailKey ?? []].flat()),
    ...[...tied.values()].flat(),
  ];
}

/** On each order they paid for: the receivers, whom the site named, and the account it is tied to. */
function personOf(known: Known, { receivers, tied }: Candidates, provers: Provers): Person {
  const accountIds = new Set(known.accountIds);
  const typed = new Set([...known.own.flatMap(({ payerKeys }) => payerKeys), ...known.vouched]);
  const isAnothers = (key: Key, at: Date) => {
    const { provenBy } = nameKey(provers, key, at);
    return provenBy === undefined ? !typed.has(key) : !accountIds.has(provenBy);
  };
  const received = Map.groupBy(receivers, ({ orderId }) => orderId);
  const orders = known.own.map(({ orderId, namedKey, isCorrected, registeredAt }) => {
    const named = [
      ...(namedKey !== undefined && !isCorrected ? [namedKey] : []),
      ...(received.get(orderId) ?? []).flatMap(({ keys }) => keys),
      ...(tied.get(orderId) ?? []),
    ];
    return [orderId, { others: new Set(named.filter((key) => isAnothers(key, registeredAt))) }] as const;
  });
  return { accountIds, vouched: known.vouched, orders: new Map(orders) };
}

/** A grant of an account is that account's; one that waits at addresses is of whoever has each of them. */
function forgottenOf(
  { accountId, mobileKey, emailKey, at, ...place }: CandidateGrant,
  { accountIds }: Person,
  isOfThem: (row: Candidate) => boolean,
): ErasedGrant[] {
  if (accountId !== undefined)
    return accountIds.has(accountId) ? [{ ...place, ofMobile: true, ofEmail: true }] : [];
  const isOf = (key: Key | undefined) =>
    key !== undefined && isOfThem({ orderId: place.orderId, keys: [key], at });
  const [ofMobile, ofEmail] = [isOf(mobileKey), isOf(emailKey)];
  return ofMobile || ofEmail ? [{ ...place, ofMobile, ofEmail }] : [];
}
