import { type Static, Type } from 'typebox';
import { narrowing } from '../../kit/http/field-sorts.ts';
import type { Warning } from '../../kit/http/read-input.ts';
import type { ConsentEffect } from '../consent.ts';
import type { CustomerDetails } from '../customer.ts';
import { customerReply } from '../customer-body.ts';
import type { FoundCustomer } from '../find-customer.ts';

/** Which customer a client means. */
export const CustomerParams = narrowing({ customerNumber: Type.Integer({ minimum: 1 }) });
export type CustomerParams = Static<typeof CustomerParams>;

export const CustomerReply = Type.Object({
  customerNumber: Type.Integer(),
  ...customerReply,
  attachedUsers: Type.Array(Type.String(), {
    description: 'uniqueUserIds: those who were attached, then those who orders belong to; 100 at the most',
  }),
  isRegistered: Type.Boolean({
    description: 'false where nobody has said who this is, and the newest order is told instead',
  }),
});

export const CustomerChanged = Type.Object({
  success: Type.Boolean(),
  customerNumber: Type.Integer(),
  warnings: Type.Array(Type.Object({ field: Type.String(), rule: Type.String(), message: Type.String() })),
});

export function showFound(customer: FoundCustomer): Static<typeof CustomerReply> {
  const { customerNumber, details, uniqueUserIds, isRegistered } = customer;
  return { customerNumber, ...showDetails(details), attachedUsers: [...uniqueUserIds], isRegistered };
}

export function showDetails(details: CustomerDetails) {
  const { name, phoneNumbers, emails, invoiceEmailAddress, categories = [] } = details;
  return {
    name: {
      firstName: name.firstName ?? null,
      middleName: name.middleName ?? null,
      lastName: name.lastName ?? null,
      companyName: name.companyName ?? null,
      departmentName: name.departmentName ?? null,
    },
    phoneNumbers: [...phoneNumbers],
    emails: [...emails],
    invoiceEmailAddress: invoiceEmailAddress ?? null,
    categories: categories.map(({ addressCategory, freeValue = null }) => ({ addressCategory, freeValue })),
  };
}

export const changedAnswer = (customerNumber: number, warnings: readonly Warning[]) => ({
  status: 200,
  body: { success: true, customerNumber, warnings },
});

/** Of a consent: what was said before what holds is kept, and whoever says it is told so. */
export const statedAnswer = (customerNumber: number, effect: ConsentEffect, warnings: readonly Warning[]) =>
  changedAnswer(customerNumber, effect === 'said before' ? [...warnings, saidBefore] : warnings);

const saidBefore: Warning = {
  field: 'statedAt',
  rule: 'said_before',
  message: 'was before what the customer said last about this: that holds',
};

/** What examples show: nobody's. */
export const exampleCustomer = {
  name: { firstName: 'Kari', lastName: 'Nordmann' },
  phoneNumbers: [{ phoneNumber: '+4790000001', phoneNumberType: 'mobile' }],
  emails: ['kari@example.com'],
  invoiceEmailAddress: 'kari@example.com',
};

export const exampleAddress = {
  changeType: 'createPermanent',
  streetAddress: 'Storgata',
  streetNumber: 1,
  postalCode: '0155',
  postalPlace: 'Oslo',
  countryCode: 'NO',
};

export const howAddressesChange =
  'A change may begin in the future (period.startDate). Its address cannot be edited: delete it before it ' +
  'begins, and make another; its period can be moved (update with the id). An address of before is used ' +
  'again by create or createPermanent with its id. update without an id corrects the address that holds ' +
  'now, of the products that are named, else the home address, until when that one would have held. A ' +
  'period is from startDate until before endDate. What does not fit the changeType is refused.';
