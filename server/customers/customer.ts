import type { CustomerNumber, PublisherId } from '../kit/ids.ts';

export type CustomerName = {
  firstName?: string | undefined;
  middleName?: string | undefined;
  lastName?: string | undefined;
  companyName?: string | undefined;
  departmentName?: string | undefined;
};

export type CustomerPhone = { phoneNumber: string; phoneNumberType: 'home' | 'mobile' };

/** How a publisher sorts its customers, in words of its own. */
export type CustomerCategory = { addressCategory: string; freeValue?: string | undefined };

/** Who a customer is: personal data, as it is kept in `customers.details`. */
export type CustomerDetails = {
  name: CustomerName;
  phoneNumbers: readonly CustomerPhone[];
  emails: readonly string[];
  invoiceEmailAddress?: string | undefined;
  categories?: readonly CustomerCategory[] | undefined;
};

export type AddressChangeType = 'update' | 'delete' | 'create' | 'createPermanent';

type OfCustomer = { publisherId: PublisherId; customerNumber: CustomerNumber };

/** Everything by which every room finds what it knows of a person. It names people, and is never logged. */
export type ErasedPerson = {
  accountIds: readonly number[];
  orderIds: readonly number[];
  /** Orders that somebody else paid for and that belong to the person's account. */
  givenOrderIds: readonly number[];
  keys: readonly Buffer[];
  contacts: readonly string[];
};

export type PersonErased = {
  name: 'person erased';
  person: ErasedPerson;
  /** Orders of which the books must still name the buyer. */
  kept: readonly { orderId: number; keptUntil: Date }[];
} & OfCustomer;

/** But for one that stays inside they carry numbers and codes only; who wants to know more asks. */
export type CustomerEvent =
  | PersonErased
  | ({ name: 'customer erased'; documents: number } & OfCustomer)
  | ({ name: 'customer registered' } & OfCustomer)
  | ({ name: 'customer changed' } & OfCustomer)
  | ({ name: 'customer address changed'; changeType: AddressChangeType } & OfCustomer)
  | ({ name: 'customer reference changed'; referenceCode: string } & OfCustomer)
  | ({ name: 'consent given'; consentCode: string } & OfCustomer)
  | ({ name: 'consent withdrawn'; consentCode: string } & OfCustomer)
  | ({ name: 'customer user attached'; uniqueUserId: string } & OfCustomer)
  | ({ name: 'customer user detached'; uniqueUserId: string } & OfCustomer);
