import { credentialKey, parseEmail, parsePhone } from '../kit/credential.ts';
import type { Refusals } from '../kit/refusals.ts';
import type { Publisher } from '../publishers/publisher.ts';
import type { NewParty } from './new-order.ts';
import type { Party } from './order-body.ts';

export type PartyReader = { publisher: Publisher; credentialHash: Buffer; refusals: Refusals };

/**
 * Normalises the people of an order: e-mail addresses as strings, phone numbers as E.164 with the
 * publisher's country as default. The social security number is dropped here, with a warning.
 */
export function readParty(reader: PartyReader, party: Party, field: string): NewParty {
  const { personsSocialSecurityNumber, ...details } = party;
  if (personsSocialSecurityNumber !== undefined) {
    reader.refusals.warn(
      'not_stored',
      `${field}.personsSocialSecurityNumber`,
      'the field is accepted and never stored',
    );
  }
  const emails = readEmails(reader, party, field);
  const phones = readPhones(reader, party, field);
  const email = emails[0];
  const mobile = phones.find((phone) => phone.isMobile);
  const keyOf = (kind: 'email' | 'mobile', shown: string, compared: string) => ({
    shown,
    key: credentialKey(reader.credentialHash, reader.publisher.publisherId, { kind, shown, compared }),
  });
  return {
    details: {
      ...details,
      emails: emails.map((one) => one.shown),
      phoneNumbers: phones.map((one) => one.number),
    },
    email: email && keyOf('email', email.shown, email.compared),
    mobile: mobile && keyOf('mobile', mobile.number, mobile.number),
  };
}

function readEmails(reader: PartyReader, party: Party, field: string) {
  return (party.emails ?? []).flatMap((given, index) => {
    const text = typeof given === 'string' ? given : (given.email ?? given.emailAddress ?? '');
    const email = parseEmail(text.trim());
    if (!email) {
      reader.refusals.refuse(
        'email_is_invalid',
        `${field}.emails[${index}]`,
        `${field}.emails[${index}] is not an e-mail address`,
      );
    }
    return email ?? [];
  });
}

function readPhones(reader: PartyReader, party: Party, field: string) {
  return (party.phoneNumbers ?? []).flatMap((given, index) => {
    const text = typeof given === 'string' ? given : given.phoneNumber;
    const phone = parsePhone(text, reader.publisher.country);
    if (!phone) {
      const path = `${field}.phoneNumbers[${index}]`;
      reader.refusals.refuse(
        'phone_number_is_invalid',
        path,
        `${path} is not a valid phone number without extension`,
      );
    }
    return phone ?? [];
  });
}
