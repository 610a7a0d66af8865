import { parsePhone } from '../kit/phone-number.ts';
import type { Address } from './address.ts';
import type { CustomerDetails } from './customer.ts';

/** The payer of an order as kept in `order_parties`: normalised, and nothing of it is sure to be there. */
export type OrderPayer = {
  firstName?: string;
  middleName?: string;
  lastName?: string;
  companyName?: string;
  departmentName?: string;
  emails?: readonly string[];
  phoneNumbers?: readonly string[];
  invoiceEmailAddress?: string;
  categories?: readonly { addressCategory?: string; freeValue?: string }[];
  coAddress?: string;
  careOfAddress?: string;
  street?: string;
  streetName?: string;
  streetNumber?: number;
  entrance?: string;
  postalCode?: string;
  postalPlace?: string;
  postalAddress?: string;
  postalAddressPostalCode?: string;
  postalAddressPostalPlace?: string;
  countryCode?: string;
};

/** Who a customer is by what an order says of its payer. */
export function customerOfOrder(payer: OrderPayer): CustomerDetails {
  const { firstName, middleName, lastName, companyName, departmentName, invoiceEmailAddress } = payer;
  return {
    name: { firstName, middleName, lastName, companyName, departmentName },
    emails: payer.emails ?? [],
    phoneNumbers: (payer.phoneNumbers ?? []).map((phoneNumber) => ({
      phoneNumber,
      phoneNumberType: parsePhone(phoneNumber)?.isMobile ? 'mobile' : 'home',
    })),
    invoiceEmailAddress,
    categories: (payer.categories ?? []).flatMap(({ addressCategory, freeValue }) =>
      addressCategory === undefined ? [] : [{ addressCategory, freeValue }],
    ),
  };
}

/** The address that an order says; nothing where it says none. */
export function addressOfOrder(payer: OrderPayer): Address | undefined {
  const address: Address = {
    careOfAddress: payer.careOfAddress ?? payer.coAddress,
    streetAddress: payer.street ?? payer.streetName,
    streetNumber: payer.streetNumber,
    entrance: payer.entrance,
    postalCode: payer.postalCode,
    postalPlace: payer.postalPlace,
    postalAddress: payer.postalAddress,
    postalAddressPostalCode: payer.postalAddressPostalCode,
    postalAddressPostalPlace: payer.postalAddressPostalPlace,
    countryCode: payer.countryCode,
  };
  const { countryCode: _country, ...rest } = address;
  return Object.values(rest).some((part) => part !== undefined) ? address : undefined;
}
