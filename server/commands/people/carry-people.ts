import { writeCarriedAccess } from '../../access/carried-access-store.ts';
import { type AccessPlan, decideCarriedAccess } from '../../access/decide-carried-access.ts';
import { findStandingAccess } from '../../access/find-standing-access.ts';
import { writeCarriedAccounts } from '../../accounts/carried-accounts-store.ts';
import { type AccountPlan, decideCarriedAccount } from '../../accounts/decide-carried-account.ts';
import { findStandingAccounts } from '../../accounts/find-standing-accounts.ts';
import { writeCarriedCustomers } from '../../customers/carried-customers-store.ts';
import type { ConsentText } from '../../customers/consent.ts';
import { type CustomerPlan, decideCarriedCustomer } from '../../customers/decide-carried-customer.ts';
import { findStandingCustomers } from '../../customers/find-standing-customers.ts';
import type { Transaction } from '../../database/transaction.ts';
import type { FieldProblem } from '../../kit/problem.ts';
import type { Person } from './people-document.ts';

export type Carrying = {
  publisherId: number;
  texts: readonly ConsentText[];
  now: Date;
  isDryRun: boolean;
};

export type Outcome = 'new' | 'changed' | 'there already' | readonly FieldProblem[];

/**
 * Brings some people of a file here, each whole or not at all; answers what became of each. People who
 * contradict what stands here are named and left out.
 */
export async function carryPeople(
  transaction: Transaction,
  carrying: Carrying,
  people: readonly Person[],
): Promise<Outcome[]> {
  const { publisherId } = carrying;
  // The accounts before the customers, as a reader's own change locks them.
  const accounts = await planAccounts(transaction, publisherId, people);
  const customers = await planCustomers(transaction, carrying, people);
  const planned = people.map((person, index): Planned => {
    const own = accounts.filter((one) => one.index === index);
    const customer = customers.get(index);
    return { person, accounts: own, customer, conflicts: conflictsOf(own, customer) };
  });
  if (!carrying.isDryRun) await write(transaction, publisherId, planned);
  return planned.map(outcomeOf);
}

type Conflicts = { conflicts: readonly FieldProblem[] };
type OfAccount = {
  /** Of the person, and of the account among theirs. */
  index: number;
  position: number;
  given: Person['accounts'][number];
  plan: AccountPlan | Conflicts;
  access: readonly AccessPlan[];
};
type Planned = {
  person: Person;
  accounts: readonly OfAccount[];
  customer: CustomerPlan | Conflicts | undefined;
  conflicts: readonly FieldProblem[];
};

async function planAccounts(
  transaction: Transaction,
  publisherId: number,
  people: readonly Person[],
): Promise<OfAccount[]> {
  const flat = people.flatMap((person, index) =>
    person.accounts.map((given, position) => ({ index, position, given })),
  );
  const carried = flat.map(({ given }) => given.account);
  const standing = await findStandingAccounts(transaction, publisherId, carried);
  const seen = new Set<number>();
  const plans = carried.map((account, index) => {
    const plan = decideCarriedAccount(account, standing[index] ?? { byId: undefined, byCredential: [] });
    return refuseTwice(plan, seen);
  });
  const holders = carried.map(({ credentials }, index) => {
    const plan = plans[index];
    const accountId = plan && 'conflicts' in plan ? undefined : plan?.accountId;
    return { accountId, keys: credentials.map(({ key }) => key) };
  });
  const access = await findStandingAccess(transaction, publisherId, holders);
  return flat.map((one, index) => ({
    ...one,
    plan: plans[index] ?? { conflicts: [] },
    access: decideCarriedAccess(one.given.access, access[index] ?? []),
  }));
}

/** A line may name a reader by an id, and the next the same one by a credential that stands here. */
function refuseTwice(plan: AccountPlan | Conflicts, seen: Set<number>): AccountPlan | Conflicts {
  if ('conflicts' in plan || plan.accountId === undefined) return plan;
  if (!seen.has(plan.accountId)) {
    seen.add(plan.accountId);
    return plan;
  }
  const message = 'credentials stand at an account that a line before is about';
  return { conflicts: [{ field: 'credentials', rule: 'said_twice', message }] };
}

async function planCustomers(
  transaction: Transaction,
  { publisherId, texts, now }: Carrying,
  people: readonly Person[],
): Promise<Map<number, CustomerPlan | Conflicts>> {
  const sought = people.flatMap(({ customer: carried, accounts }, index) => {
    if (!carried) return [];
    const keys = accounts.flatMap(({ account }) => account.credentials.map(({ key }) => key));
    return [{ index, carried, keys: [...carried.keys, ...keys] }];
  });
  const standing = await findStandingCustomers(transaction, publisherId, sought);
  return new Map(
    sought.flatMap(({ index, carried }, position) => {
      const here = standing[position];
      return here ? [[index, decideCarriedCustomer(carried, here, { texts, now })] as const] : [];
    }),
  );
}

function conflictsOf(
  accounts: readonly OfAccount[],
  customer: CustomerPlan | Conflicts | undefined,
): FieldProblem[] {
  const ofAccounts = accounts.flatMap(({ plan, position }) =>
    'conflicts' in plan ? plan.conflicts.map((one) => placed(one, `accounts[${position}]`)) : [],
  );
  return [...(customer && 'conflicts' in customer ? customer.conflicts : []), ...ofAccounts];
}

/** The number stands beside the accounts, and all else in one of them. */
function placed(problem: FieldProblem, path: string): FieldProblem {
  if (problem.field === 'customerNumber') return problem;
  return { ...problem, field: `${path}.${problem.field}`, message: `${path}.${problem.message}` };
}

async function write(
  transaction: Transaction,
  publisherId: number,
  planned: readonly Planned[],
): Promise<void> {
  const whole = planned.filter(({ conflicts }) => conflicts.length === 0);
  const accounts = whole.flatMap((one) =>
    one.accounts.flatMap(({ given, plan, access }) =>
      'conflicts' in plan ? [] : [{ carried: given.account, plan, access }],
    ),
  );
  const customers = whole.flatMap(({ person, customer: plan }) =>
    person.customer && plan && !('conflicts' in plan) ? [{ carried: person.customer, plan }] : [],
  );
  const ids = await writeCarriedAccounts(transaction, publisherId, accounts);
  await writeCarriedCustomers(transaction, publisherId, customers);
  const access = accounts.flatMap((one, index) =>
    one.access.map((plan) => ({ accountId: ids[index] ?? 0, plan })),
  );
  await writeCarriedAccess(transaction, publisherId, access);
}

function outcomeOf({ conflicts, customer, accounts }: Planned): Outcome {
  if (conflicts.length > 0) return conflicts;
  const plan = customer && !('conflicts' in customer) ? customer : undefined;
  const others = accounts.flatMap((one) =>
    'conflicts' in one.plan ? [] : [{ ...one.plan, access: one.access }],
  );
  const isNew = (id: number | undefined) => id === undefined;
  if (plan ? plan.does === 'add' : others.every(({ accountId }) => isNew(accountId))) return 'new';
  const isCustomerKept =
    !plan ||
    (plan.does === 'keep' && plan.addresses.length + plan.references.length + plan.statements.length === 0);
  const areAccountsKept = others.every(
    ({ accountId, isChanged, credentials, access }) =>
      !isNew(accountId) && !isChanged && credentials.length === 0 && access.length === 0,
  );
  return isCustomerKept && areAccountsKept ? 'there already' : 'changed';
}
