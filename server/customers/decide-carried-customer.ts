import { isDeepStrictEqual } from 'node:util';
import type { FieldProblem } from '../kit/problem.ts';
import { standingOf } from './address.ts';
import type { CarriedAddress, CarriedCustomer, CarriedStatement } from './carried-customer.ts';
import { type ConsentStatement, type ConsentText, decideConsent } from './consent.ts';
import type { CustomerDetails } from './customer.ts';
import type { StoredAddress } from './decide-address-change.ts';
import type { Reference } from './references-store.ts';

/** What stands here of the customer that a file tells of. */
export type StandingCustomer = {
  /** Nothing where nobody has registered the number. */
  customer: { details: CustomerDetails; isSaid: boolean; isAsCarried: boolean } | undefined;
  /** Whether the number is on orders, or of a profile, with which the file's customer shares no address. */
  isOfOthers: boolean;
  addresses: readonly StoredAddress[];
  references: readonly Reference[];
  /** Of the file's references those that stand for another customer. */
  taken: readonly Reference[];
  statements: readonly ConsentStatement[];
};

export type CustomerPlan = {
  does: 'add' | 'replace' | 'keep';
  addresses: readonly CarriedAddress[];
  references: readonly Reference[];
  statements: readonly ConsentStatement[];
};

export type Given = { texts: readonly ConsentText[]; now: Date };
type Conflicts = { conflicts: readonly FieldProblem[] };

/**
 * What becomes of a customer of a file. What stands already is passed over, so that a file may come twice.
 * What was registered or changed here stays as it is: the file is refused where it says otherwise. Nothing is
 * taken away.
 */
export function decideCarriedCustomer(
  carried: CarriedCustomer,
  standing: StandingCustomer,
  { texts, now }: Given,
): CustomerPlan | Conflicts {
  const conflicts: FieldProblem[] = [];
  const refuse: Refuse = (field, rule, message) =>
    conflicts.push({ field, rule, message: `${field} ${message}` });
  const plan = {
    does: decideDetails(carried, standing, refuse),
    addresses: decideAddresses(carried.addresses, standing.addresses, now, refuse),
    references: decideReferences(carried.references, standing, refuse),
    statements: decideStatements(carried.statements, standing.statements, texts, refuse),
  };
  return conflicts.length > 0 ? { conflicts } : plan;
}

type Refuse = (field: string, rule: string, message: string) => unknown;

function decideDetails(
  { details, isSaid }: CarriedCustomer,
  { customer, isOfOthers }: StandingCustomer,
  refuse: Refuse,
): CustomerPlan['does'] {
  if (isOfOthers) {
    refuse('customerNumber', 'customer_is_another', 'is on orders here whose payer shares no address');
  }
  if (!customer) return 'add';
  const isSame = isDeepStrictEqual(customer.details, JSON.parse(JSON.stringify(details)));
  if (isSame && (customer.isSaid || !isSaid)) return 'keep';
  if (customer.isSaid && !customer.isAsCarried) {
    const message =
      'is of a customer who was registered or changed here, and of whom the file says otherwise';
    refuse('customerNumber', 'customer_exists', message);
  }
  return 'replace';
}

/** One without a start is where the customer is now: it may be the first, but contradicts no other one. */
function decideAddresses(
  carried: readonly CarriedAddress[],
  stored: readonly StoredAddress[],
  now: Date,
  refuse: Refuse,
): CarriedAddress[] {
  return carried.filter((one, index) => {
    const alike = stored.filter(({ products }) => isDeepStrictEqual(products, one.products));
    if (one.startsAt) return !alike.some((other) => isSamePeriod(one, other) && isSameAddress(one, other));
    const holding = alike.filter((other) => standingOf(other, stored, now) === 'current');
    if (holding.some((other) => isSameAddress(one, other))) return false;
    if (holding.length > 0) {
      const field = `addresses[${index}].period.startDate`;
      refuse(field, 'address_is_another', 'is required: another address holds here');
    }
    return true;
  });
}

function isSameAddress(one: CarriedAddress, other: StoredAddress): boolean {
  return isDeepStrictEqual(JSON.parse(JSON.stringify(one.address)), other.address);
}

function isSamePeriod(one: CarriedAddress, other: StoredAddress): boolean {
  const isSame = (moment: Date | undefined, another: Date | undefined) =>
    moment?.getTime() === another?.getTime();
  return isSame(one.startsAt, other.startsAt) && isSame(one.endsAt, other.endsAt);
}

function decideReferences(
  carried: readonly Reference[],
  { references, taken }: StandingCustomer,
  refuse: Refuse,
): Reference[] {
  return carried.filter(({ referenceCode, externalId }, index) => {
    const held = references.find((one) => one.referenceCode === referenceCode);
    const field = `externalReferences[${index}].externalId`;
    if (held?.externalId === externalId) return false;
    if (held) refuse(field, 'external_reference_exists', 'is another one here');
    const isTaken = taken.some((one) => one.referenceCode === referenceCode && one.externalId === externalId);
    if (isTaken) refuse(field, 'external_id_is_taken', 'stands for another customer here');
    return true;
  });
}

/** What is kept and what holds is decided as where it is said here; what holds is what was said last. */
function decideStatements(
  carried: readonly CarriedStatement[],
  standing: readonly ConsentStatement[],
  texts: readonly ConsentText[],
  refuse: Refuse,
): ConsentStatement[] {
  const added: ConsentStatement[] = [];
  for (const [index, statement] of carried.entries()) {
    const known = [...standing, ...added];
    if (known.some((one) => isSameStatement(one, statement))) continue;
    const decision = decideConsent({ ...statement, isDated: true }, texts, known);
    if ('keep' in decision) added.push({ ...statement, version: decision.keep.version });
    if (!('refused' in decision)) continue;
    const field = 'field' in decision ? decision.field : 'statedAt';
    refuse(`consents[${index}].${field}`, decision.refused, whyNot[decision.refused]);
  }
  return added;
}

const whyNot = {
  consent_is_unknown: 'names no text of consent',
  version_is_required: 'is required to give a consent: which words were shown',
  too_many_statements: 'is of more statements than a customer may have',
} as const;

function isSameStatement(one: ConsentStatement, other: CarriedStatement): boolean {
  return (
    one.consentCode === other.consentCode &&
    one.channelCode === other.channelCode &&
    one.state === other.state &&
    one.statedAt.getTime() === other.statedAt.getTime()
  );
}
