import { isBlank } from '../kit/clean-text.ts';
import { readCountry } from '../kit/country.ts';
import { credentialKey, credentialRefusal, parseEmail } from '../kit/credential.ts';
import { isInternational, parsePhone } from '../kit/phone-number.ts';
import type { Refusals } from '../kit/refusals.ts';
import type { Publisher } from '../publishers/publisher.ts';
import type { NewParty } from './new-order.ts';
import type { Party } from './order-body.ts';
import { readHouse } from './read-house.ts';
import { readOrderDate } from './read-order-date.ts';

export type PartyReader = { publisher: Publisher; credentialHash: Buffer; now: Date; refusals: Refusals };

/**
 * Normalises the people of an order: e-mail addresses as strings, phone numbers as E.164, read by the party's
 * own country, then `otherCountry` (the payer's, for a receiver), then the publisher's. The social security
 * number is dropped here, with a warning.
 */
export function readParty(
  reader: PartyReader,
  party: Party,
  field: string,
  otherCountry?: string,
): NewParty & { country: string | undefined } {
  const { personsSocialSecurityNumber, streetNumber, birthDate, countryCode, ...details } = party;
  if (personsSocialSecurityNumber !== undefined) {
    reader.refusals.warn(
      'not_stored',
      `${field}.personsSocialSecurityNumber`,
      'the field is accepted and never stored',
    );
  }
  const country = readPartyCountry(reader, countryCode, `${field}.countryCode`);
  const emails = (party.emails ?? []).flatMap((given, index) => {
    const text = typeof given === 'string' ? given : (given.email ?? given.emailAddress ?? '');
    return readEmail(reader, text, `${field}.emails[${index}]`) ?? [];
  });
  const phones = readPhones(reader, party, field, {
    isKnown: country.isKnown,
    codes: [country.code, otherCountry],
  });
  const email = emails[0];
  const mobile = phones.find((phone) => phone.isMobile);
  const keyOf = (kind: 'email' | 'mobile', shown: string, compared: string) => ({
    shown,
    key: credentialKey(reader.credentialHash, reader.publisher.publisherId, { kind, shown, compared }),
  });
  return {
    country: country.code,
    details: {
      ...details,
      ...readHouse(streetNumber, party.entrance),
      countryCode: country.code,
      birthDate: readOrderDate(reader, 'birth', `${field}.birthDate`, birthDate)?.getTime(),
      invoiceEmailAddress: readEmail(reader, party.invoiceEmailAddress ?? '', `${field}.invoiceEmailAddress`)
        ?.shown,
      emails: emails.map((one) => one.shown),
      phoneNumbers: phones.map((one) => one.number),
    },
    email: email && keyOf('email', email.shown, email.compared),
    mobile: mobile && keyOf('mobile', mobile.number, mobile.number),
  };
}

type PartyCountry = { isKnown: boolean; code: string | undefined };

/** A country that is none is left out, since it only describes; national numbers are then refused. */
function readPartyCountry({ refusals }: PartyReader, given: string | undefined, field: string): PartyCountry {
  if (given === undefined || isBlank(given)) return { isKnown: true, code: undefined };
  const code = readCountry(given);
  if (code !== undefined) return { isKnown: true, code };
  refusals.warn('country_is_unknown', field, `${field} is no code of ISO 3166-1 and was left out`);
  return { isKnown: false, code: undefined };
}

function readEmail({ refusals }: PartyReader, text: string, path: string) {
  if (isBlank(text)) return undefined;
  const email = parseEmail(text);
  if (email) return email;
  const isSeveral = credentialRefusal(text).includes('more than one');
  const detail = isSeveral ? 'names more than one e-mail address' : 'is not an e-mail address';
  refusals.refuse('email_is_invalid', path, `${path} ${detail}`);
  return undefined;
}

type Countries = { isKnown: boolean; codes: readonly (string | undefined)[] };

function readPhones({ refusals, publisher }: PartyReader, party: Party, field: string, countries: Countries) {
  const codes = [...countries.codes.filter((code) => code !== undefined), publisher.country];
  return (party.phoneNumbers ?? []).flatMap((given, index) => {
    const path = `${field}.phoneNumbers[${index}]`;
    const text = typeof given === 'string' ? given : given.phoneNumber;
    if (isBlank(text)) return [];
    if (!countries.isKnown && !isInternational(text)) {
      const message = `${path} is a national number, and ${field}.countryCode is no country`;
      refusals.refuse('phone_number_is_invalid', path, message);
      return [];
    }
    const phone = parsePhone(text, ...codes);
    if (!phone) {
      const message = `${path} is not a valid phone number without extension`;
      refusals.refuse('phone_number_is_invalid', path, message);
    }
    return phone ?? [];
  });
}
