import { isBlank } from '../kit/clean-text.ts';
import type { Party } from './order-body.ts';

type Named = Pick<Party, 'lastName' | 'companyName'>;
type Reached = Pick<Party, 'emails' | 'phoneNumbers'>;

/** Whether a payer says who it is: a person needs a last name, a company its own. */
export function isNamed({ lastName = '', companyName = '' }: Named): boolean {
  return !isBlank(lastName) || !isBlank(companyName);
}

/** Whether a payer says where it is reached. */
export function isReached({ emails = [], phoneNumbers = [] }: Reached): boolean {
  return ![...emails, ...phoneNumbers].every(isBlankContact);
}

function isBlankContact(given: string | Record<string, string>): boolean {
  if (typeof given === 'string') return isBlank(given);
  const { phoneNumberType: _type, ...address } = given;
  return isBlank(Object.values(address).join(''));
}
