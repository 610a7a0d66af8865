import { cleanText, isBlank } from '../kit/clean-text.ts';
import { type Credential, credentialKey, credentialRefusal, parseEmail } from '../kit/credential.ts';
import { parsePhone } from '../kit/phone-number.ts';
import type { Refusals } from '../kit/refusals.ts';
import type { Publisher } from '../publishers/publisher.ts';
import type { CustomerCategory, CustomerDetails, CustomerName, CustomerPhone } from './customer.ts';
import type { CustomerBody } from './customer-body.ts';

export type CustomerReader = {
  publisher: Publisher;
  credentialHash: Buffer;
  refusals: Refusals;
};

/** Who a customer is, and the keys of what they are found by. */
export type ReadCustomer = { details: CustomerDetails; keys: readonly Buffer[] };

/**
 * Normalises who a customer is: phone numbers become E.164, e-mail addresses are as messages are sent to
 * them, and what is said twice stands once.
 */
export function readCustomer(reader: CustomerReader, body: CustomerBody): ReadCustomer {
  const name = readName(reader, body.name);
  const phones = (body.phoneNumbers ?? []).flatMap((given, index) => readPhone(reader, given, index));
  const emails = (body.emails ?? []).flatMap(
    (given, index) => readEmail(reader, given, `emails[${index}]`) ?? [],
  );
  const invoiceEmail = readEmail(reader, body.invoiceEmailAddress ?? '', 'invoiceEmailAddress');
  const phoneNumbers = [...new Map(phones.map((phone) => [phone.phoneNumber, phone])).values()];
  const distinct = [...new Map(emails.map((email) => [email.compared, email])).values()];
  const details = {
    name,
    phoneNumbers,
    emails: distinct.map(({ shown }) => shown),
    ...(invoiceEmail && { invoiceEmailAddress: invoiceEmail.shown }),
    categories: readCategories(body),
  };
  return { details, keys: keysOfCustomer(reader.credentialHash, reader.publisher.publisherId, details) };
}

/** What a customer is found by: every phone number and e-mail address, but for the one of bills. */
export function keysOfCustomer(
  credentialHash: Buffer,
  publisherId: number,
  { phoneNumbers, emails }: CustomerDetails,
): Buffer[] {
  const mobiles = phoneNumbers.map(({ phoneNumber: shown }): Credential => {
    return { kind: 'mobile', shown, compared: shown };
  });
  const addresses = emails.flatMap((email) => parseEmail(email) ?? []);
  return [...mobiles, ...addresses].map((one) => credentialKey(credentialHash, publisherId, one));
}

function readName({ refusals }: CustomerReader, given: CustomerBody['name']): CustomerName {
  const said = Object.entries(given).flatMap(([member, text]) => {
    const clean = text === undefined ? '' : cleanText(text);
    return clean === '' ? [] : [[member, clean] as const];
  });
  const name: CustomerName = Object.fromEntries(said);
  if (name.lastName === undefined && name.companyName === undefined) {
    refusals.refuse('input_is_invalid', 'name.lastName', 'name.lastName or name.companyName is required');
  }
  return name;
}

function readCategories({ categories = [] }: CustomerBody): CustomerCategory[] {
  return categories.map(({ addressCategory, freeValue }) => {
    const value = cleanText(freeValue ?? '');
    return { addressCategory: cleanText(addressCategory), ...(value !== '' && { freeValue: value }) };
  });
}

type GivenPhone = NonNullable<CustomerBody['phoneNumbers']>[number];

function readPhone(
  { refusals, publisher }: CustomerReader,
  given: GivenPhone,
  index: number,
): CustomerPhone[] {
  const text = typeof given === 'string' ? given : given.phoneNumber;
  if (isBlank(text)) return [];
  const phone = parsePhone(text, publisher.country);
  if (phone) {
    const type = typeof given === 'string' ? undefined : given.phoneNumberType;
    return [{ phoneNumber: phone.number, phoneNumberType: type ?? (phone.isMobile ? 'mobile' : 'home') }];
  }
  const path = `phoneNumbers[${index}]`;
  refusals.refuse('phone_number_is_invalid', path, `${path} is not a valid phone number without extension`);
  return [];
}

function readEmail({ refusals }: CustomerReader, text: string, path: string) {
  if (isBlank(text)) return undefined;
  const email = parseEmail(text);
  if (email) return email;
  const isSeveral = credentialRefusal(text).includes('more than one');
  const detail = isSeveral ? 'names more than one e-mail address' : 'is not an e-mail address';
  refusals.refuse('email_is_invalid', path, `${path} ${detail}`);
  return undefined;
}
