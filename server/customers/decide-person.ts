/** The keyed hash of an e-mail address or mobile, as hexadecimal digits. */
export type Key = string;

/** Who has proven a key; what was before `heldSince` is a former holder's. */
export type Prover = { accountId: number; heldSince: Date | undefined };
export type Provers = ReadonlyMap<Key, Prover>;

/** A key on a row, and the account that has proven it. */
export type NamedKey = { key: Key; provenBy: number | undefined };

/** An order, as far as it tells whose it is. */
export type OrderFacts = {
  orderId: number;
  customerNumber: number;
  registeredAt: Date;
  /** The account that it is tied to. */
  accountId: number | undefined;
  /** Whether it still says who paid. */
  hasPayer: boolean;
  /** What was typed as the payer's. */
  payerKeys: readonly Key[];
  /** What the site named when it completed the order, or corrected it. */
  namedKey: Key | undefined;
  /** A person has said that the payer's address was mistyped: the named one stands for it. */
  isCorrected: boolean;
};

export type Payer =
  | { kind: 'account'; accountId: number }
  /** Nobody has proven what was typed. */
  | { kind: 'unproven'; keys: readonly Key[] }
  /** Two accounts have proven a key each, and the order is tied to neither. */
  | { kind: 'contested' }
  /** The order names no payer any more. */
  | { kind: 'forgotten' };

/** Who has proven a key of a row that was written then. */
export function nameKey(provers: Provers, key: Key, at: Date): NamedKey {
  const prover = provers.get(key);
  const isFormers = prover?.heldSince !== undefined && at <= prover.heldSince;
  return { key, provenBy: isFormers ? undefined : prover?.accountId };
}

/**
 * Who paid for an order: proof alone tells, never what was typed. A number that has left another account
 * proves no order of before, nor one that is another account's, as where orders are shown (`isSinceHeld`).
 */
export function payerOf(order: OrderFacts, provers: Provers): Payer {
  const { accountId, namedKey, isCorrected, payerKeys, registeredAt } = order;
  if (!order.hasPayer) return { kind: 'forgotten' };
  const keys = isCorrected ? [namedKey].filter((key) => key !== undefined) : payerKeys;
  const found = new Set<number>();
  for (const key of keys) {
    const { provenBy } = nameKey(provers, key, registeredAt);
    const isMoved = provers.get(key)?.heldSince !== undefined;
    const isAnothers = isMoved && accountId !== undefined && accountId !== provenBy;
    if (provenBy !== undefined && !isAnothers) found.add(provenBy);
  }
  const [one] = found;
  if (one === undefined) return { kind: 'unproven', keys: [...new Set([...keys, ...payerKeys])] };
  if (found.size === 1) return { kind: 'account', accountId: one };
  if (accountId !== undefined && found.has(accountId)) return { kind: 'account', accountId };
  return { kind: 'contested' };
}

/** What stands under a customer number. */
export type UnderNumber = {
  /** Accounts that somebody has attached to it. */
  attached: readonly number[];
  /** Something hangs on the number, and whether somebody has said who the customer is. */
  isWritten: boolean;
  isRegistered: boolean;
  /** Somebody who stood there was erased. */
  isErased: boolean;
  /** Addresses of the registered customer, which nobody need have proven. */
  contacts: readonly NamedKey[];
  payers: readonly { orderId: number; payer: Payer }[];
};

/** Somebody who stands under a number: an account, or who paid without one, or the registered customer. */
export type Party = {
  accountIds: readonly number[];
  /** Orders of a payer whom nobody has proven to be. */
  orderIds: readonly number[];
  keys: ReadonlySet<Key>;
  /** What is registered under the number is theirs. */
  ownsNumber: boolean;
};

export type Choice =
  | { kind: 'one'; party: Party }
  | { kind: 'nobody' }
  | { kind: 'several'; accounts: number; others: number };

/**
 * Whom a customer number means. Who is attached to it is that customer, whoever else ordered by it. Where
 * nobody is, the number must be of one person alone, from the beginning. With credentials it is whoever has
 * them; a payer without an account is one with those who share an address with them under the number, and
 * with nobody else.
 */
export function choosePerson(under: UnderNumber, given: readonly NamedKey[]): Choice {
  const attached = under.attached.map((accountId) => ofAccount(accountId, under.attached.length === 1));
  const unattached = partiesOf(under);
  const all = [...attached, ...unattached];
  // Asked for again, it would mean whoever else typed the number.
  if (given.length === 0 && under.isErased && attached.length === 0) return onlyOne([], all);
  if (given.length === 0) return onlyOne(attached.length > 0 ? attached : unattached, all);
  // What was said of them is gone, and what they are known by is not.
  if (all.length === 0) return { kind: 'one', party: ofNobody(false) };
  const meant = all.filter((party) => hasAny(party, given));
  if (meant.flatMap((party) => party.accountIds).length > 1) return onlyOne([], all);
  return meant.length === 0 ? onlyOne([], all) : { kind: 'one', party: together(meant) };
}

function onlyOne(chosen: readonly Party[], all: readonly Party[]): Choice {
  const [one, ...more] = chosen;
  if (one && more.length === 0) return { kind: 'one', party: one };
  if (all.length === 0) return { kind: 'nobody' };
  const withAccount = all.filter((party) => party.accountIds.length > 0).length;
  return { kind: 'several', accounts: withAccount, others: all.length - withAccount };
}

function hasAny(party: Party, given: readonly NamedKey[]): boolean {
  return given.some(({ key, provenBy }) =>
    provenBy === undefined ? party.keys.has(key) : party.accountIds.includes(provenBy),
  );
}

function together(parties: readonly Party[]): Party {
  return {
    accountIds: parties.flatMap((party) => party.accountIds),
    orderIds: parties.flatMap((party) => party.orderIds),
    keys: new Set(parties.flatMap((party) => [...party.keys])),
    ownsNumber: parties.some((party) => party.ownsNumber),
  };
}

const ofNobody = (ownsNumber: boolean): Party => {
  return { accountIds: [], orderIds: [], keys: new Set(), ownsNumber };
};
const ofAccount = (accountId: number, ownsNumber: boolean): Party => {
  return { ...ofNobody(ownsNumber), accountIds: [accountId] };
};

/**
 * Who paid under a number and is not attached to it, and the registered customer: one with whoever alone has
 * an address of theirs, else somebody of their own. What nobody has said is of whoever stands there alone.
 */
function partiesOf({ attached, isWritten, isRegistered, contacts, payers }: UnderNumber): Party[] {
  const paying = new Set(payers.flatMap(({ payer }) => (payer.kind === 'account' ? payer.accountId : [])));
  const accounts = [...paying].filter((id) => !attached.includes(id)).map((id) => ofAccount(id, false));
  const parties = [...accounts, ...groupUnproven(payers)];
  if (attached.length > 0) return parties;
  const [only, ...others] = parties;
  if (!isRegistered && only && others.length === 0) return [{ ...only, ownsNumber: true }];
  if (!isWritten) return parties;
  const [named, ...more] = parties.filter((party) => hasAny(party, contacts));
  if (named && more.length === 0)
    return parties.map((party) => (party === named ? { ...party, ownsNumber: true } : party));
  if (!isRegistered && parties.length > 0) return parties;
  const keys = new Set(contacts.filter((one) => one.provenBy === undefined).map(({ key }) => key));
  return [...parties, { accountIds: [], orderIds: [], keys, ownsNumber: true }];
}

/** Payers whom nobody has proven to be, those who share an address taken as one; and all without any. */
function groupUnproven(payers: UnderNumber['payers']): Party[] {
  type Group = { orderIds: number[]; keys: Set<Key> };
  const byKey = new Map<Key, Group>();
  for (const { orderId, payer } of payers) {
    if (payer.kind !== 'unproven') continue;
    const keys = payer.keys.length === 0 ? [''] : payer.keys;
    const [first, ...more] = new Set(keys.flatMap((key) => byKey.get(key) ?? []));
    const group = first ?? { orderIds: [], keys: new Set<Key>() };
    group.orderIds.push(orderId, ...more.flatMap((other) => other.orderIds));
    for (const key of [...keys, ...more.flatMap((other) => [...other.keys])]) {
      group.keys.add(key);
      byKey.set(key, group);
    }
  }
  return [...new Set(byKey.values())].map((group) => ({ accountIds: [], ...group, ownsNumber: false }));
}

/** What is known of a number that may be a person's. */
export type NumberFacts = {
  /** They are who was chosen for this number. */
  isChosen: boolean;
  isAttached: boolean;
  isAttachedToOthers: boolean;
  /** Whether its registered addresses name them, and whether they name anybody else who is known. */
  namesThem: boolean;
  namesOthers: boolean;
};

/** Whether what is registered under a number is theirs: the last to be attached, else whom it names alone. */
export function isTheirNumber(facts: NumberFacts): boolean {
  if (facts.isAttachedToOthers) return false;
  if (facts.isAttached || facts.isChosen) return true;
  return facts.namesThem && !facts.namesOthers;
}
