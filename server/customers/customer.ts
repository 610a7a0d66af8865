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

/** What a person could read by a grant: by their account, or by addresses of theirs that it waited at. */
export type ErasedGrant = {
  orderId: number;
  lineNumber: number;
  kind: string;
  periodNumber: number;
  ofMobile: boolean;
  ofEmail: boolean;
};

/**
 * Every row that is a person's, by its id: whose a row is was decided once, so that no room looks for more.
 * It tells who knew whom, and is never logged.
 */
export type ErasedPerson = {
  accountIds: readonly number[];
  /** Those under which nobody but the person is registered. */
  customerNumbers: readonly number[];
  /** Orders that the person paid for. */
  orderIds: readonly number[];
  /** Orders that somebody else paid for and that are tied to the person's account. */
  givenOrderIds: readonly number[];
  linkIds: readonly number[];
  messageIds: readonly number[];
  withdrawalIds: readonly number[];
  /** Orders whose completion named the person, or nobody. */
  completionOrderIds: readonly number[];
  /** The payer is line 0, receivers are those of the lines. */
  parties: readonly { orderId: number; lineNumber: number }[];
  grants: readonly ErasedGrant[];
  /** Keys of addresses that are theirs and nobody else's. */
  keys: readonly Buffer[];
};

export type PersonErased = {
  name: 'person erased';
  publisherId: PublisherId;
  person: ErasedPerson;
  /** Orders of which the books must still name the buyer. */
  kept: readonly { orderId: number; keptUntil: Date }[];
};

/** But for one that stays inside they carry numbers and codes only; who wants to know more asks. */
export type CustomerEvent =
  | PersonErased
  /** By the number, or by the user where no number was theirs. */
  | ({ name: 'customer erased'; documents: number; uniqueUserId?: string } & Partial<OfCustomer> &
      Pick<OfCustomer, 'publisherId'>)
  | ({ name: 'customer registered' } & OfCustomer)
  | ({ name: 'customer changed' } & OfCustomer)
  | ({ name: 'customer address changed'; changeType: AddressChangeType } & OfCustomer)
  | ({ name: 'customer reference changed'; referenceCode: string } & OfCustomer)
  | ({ name: 'consent given'; consentCode: string } & OfCustomer)
  | ({ name: 'consent withdrawn'; consentCode: string } & OfCustomer)
  | ({ name: 'customer user attached'; uniqueUserId: string } & OfCustomer)
  | ({ name: 'customer user detached'; uniqueUserId: string } & OfCustomer);
