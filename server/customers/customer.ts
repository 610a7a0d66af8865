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

/** They carry numbers and codes only; who wants to know more asks for the customer. */
export type CustomerEvent =
  | ({ name: 'customer registered' } & OfCustomer)
  | ({ name: 'customer changed' } & OfCustomer)
  | ({ name: 'customer address changed'; changeType: AddressChangeType } & OfCustomer)
  | ({ name: 'customer reference changed'; referenceCode: string } & OfCustomer)
  | ({ name: 'consent given'; consentCode: string } & OfCustomer)
  | ({ name: 'consent withdrawn'; consentCode: string } & OfCustomer)
  | ({ name: 'customer user attached'; uniqueUserId: string } & OfCustomer)
  | ({ name: 'customer user detached'; uniqueUserId: string } & OfCustomer);
