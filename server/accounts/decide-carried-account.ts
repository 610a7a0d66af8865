import type { FieldProblem } from '../kit/problem.ts';
import type { AccountState } from './account.ts';
import type { CarriedAccount, CarriedCredential } from './carried-account.ts';

export type StandingAccount = {
  accountId: number;
  state: AccountState;
  customerNumber: number | undefined;
  passwordHash: string | undefined;
};

export type StandingCredential = {
  account: StandingAccount;
  provenAt: Date | undefined;
  lastProvenAt: Date | undefined;
};

/** What stands here of the account that a file tells of. */
export type StandingOfAccount = {
  /** By its `uniqueUserId`: an account, nothing, or that another publisher has it. */
  byId: StandingAccount | 'another publisher' | undefined;
  /** By each of its credentials, in their order. */
  byCredential: readonly (StandingCredential | undefined)[];
};

export type CredentialPlan = { does: 'add' | 'prove' | 'move'; credential: CarriedCredential };

export type AccountPlan = {
  /** The account that it is here; nothing where it is made. */
  accountId: number | undefined;
  state: AccountState;
  /** Whether an account that is here becomes another. */
  isChanged: boolean;
  credentials: readonly CredentialPlan[];
};

type Conflicts = { conflicts: readonly FieldProblem[] };

/**
 * What becomes of an account of a file. It is the account with its `uniqueUserId`; where the file has none,
 * the one at which its credentials stand. A credential that stands at another account stays there, and names
 * the row: but for one that nobody has proven at an account that somebody uses, since whoever has that may
 * have written down another's address. What the file does not say to be proven is not.
 */
export function decideCarriedAccount(
  carried: CarriedAccount,
  standing: StandingOfAccount,
): AccountPlan | Conflicts {
  const conflicts: FieldProblem[] = [];
  const refuse: Refuse = (field, rule, message) =>
    conflicts.push({ field, rule, message: `${field} ${message}` });
  const held = findHeld(carried, standing, refuse);
  const credentials = carried.credentials.flatMap((credential, index) =>
    decideCredential(credential, standing.byCredential[index], { held, index, refuse }),
  );
  if (held) refuseOther(carried, held, refuse);
  if (conflicts.length > 0) return { conflicts };
  return {
    accountId: held?.accountId,
    state: stateOf(carried, held),
    isChanged: held !== undefined && isOther(carried, held),
    credentials,
  };
}

type Refuse = (field: string, rule: string, message: string) => unknown;

/** Whether a credential is its account's, as logging in sees it. */
function counts({ account, provenAt }: StandingCredential): boolean {
  return provenAt !== undefined || account.state !== 'active';
}

function findHeld(
  { uniqueUserId }: CarriedAccount,
  { byId, byCredential }: StandingOfAccount,
  refuse: Refuse,
): StandingAccount | undefined {
  if (byId === 'another publisher') {
    refuse('uniqueUserId', 'user_is_taken', 'is of an account of another publisher');
    return undefined;
  }
  if (uniqueUserId !== undefined) return byId;
  const holders = byCredential.flatMap((one) => (one && counts(one) ? one.account : []));
  const [first] = holders;
  if (holders.some(({ accountId }) => accountId !== first?.accountId)) {
    refuse('credentials', 'credential_is_taken', 'stand at several accounts here');
  }
  return first;
}

type At = { held: StandingAccount | undefined; index: number; refuse: Refuse };

function decideCredential(
  credential: CarriedCredential,
  standing: StandingCredential | undefined,
  { held, index, refuse }: At,
): CredentialPlan[] {
  if (!standing) return [{ does: 'add', credential }];
  if (standing.account.accountId === held?.accountId) {
    const { provenAt, lastProvenAt = provenAt } = standing;
    const isNewer = Number(credential.lastProvenAt) > Number(lastProvenAt ?? 0);
    return isNewer ? [{ does: 'prove', credential }] : [];
  }
  if (!counts(standing) && credential.provenAt) return [{ does: 'move', credential }];
  refuse(`credentials[${index}].credential`, 'credential_is_taken', 'stands at another account here');
  return [];
}

function refuseOther(carried: CarriedAccount, held: StandingAccount, refuse: Refuse): void {
  const { customerNumber: number } = carried;
  if (held.state === 'closed' && !carried.isClosed) {
    refuse('isClosed', 'account_is_closed', 'must be true: the account is closed here');
  }
  if (held.state !== 'closed' && carried.isClosed) {
    refuse('isClosed', 'account_is_open', 'cannot be true: the account is open here');
  }
  if (number !== undefined && held.customerNumber !== undefined && held.customerNumber !== number) {
    refuse('customerNumber', 'user_is_another_customer', 'is not the one that the account has here');
  }
}

function stateOf({ isClosed, credentials }: CarriedAccount, held: StandingAccount | undefined): AccountState {
  if (isClosed) return 'closed';
  if (held?.state === 'active' || credentials.some(({ provenAt }) => provenAt)) return 'active';
  return 'pending';
}

function isOther(carried: CarriedAccount, held: StandingAccount): boolean {
  const isAnother = <Value>(said: Value | undefined, here: Value | undefined) =>
    said !== undefined && said !== here;
  return (
    stateOf(carried, held) !== held.state ||
    isAnother(carried.customerNumber, held.customerNumber) ||
    isAnother(carried.passwordHash, held.passwordHash)
  );
}
