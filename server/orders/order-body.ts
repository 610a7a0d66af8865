import { type Static, Type } from 'typebox';
import { dateForms } from '../kit/read-date.ts';
import { paymentMethods } from './order.ts';

const text = (maxLength: number) => Type.Optional(Type.String({ maxLength }));
const required = (maxLength: number) => Type.String({ minLength: 1, maxLength });
/** Read by `read-date.ts`, which knows what each date stands for. */
const date = Type.Optional(
  Type.Union([Type.Integer(), Type.String({ maxLength: 40 })], { description: dateForms }),
);
const anything = Type.Optional(Type.Unsafe<unknown>({ keepsAnything: true }));

/** An amount in major units with at most two decimals, read through its decimal text. */
const Amount = Type.Unsafe<string>({
  type: 'number',
  decimalText: true,
  description: 'major units, VAT included, at most two decimals',
});

const words = <Word extends string>(list: readonly Word[]) =>
  Type.Unsafe<Word>({ anyOf: list.map((word) => ({ type: 'string', const: word })) });

const Email = Type.Union([
  Type.String({ maxLength: 255 }),
  Type.Object({ email: text(255), emailAddress: text(255) }),
]);
const PhoneNumber = Type.Union([
  Type.String({ maxLength: 60 }),
  Type.Object({ phoneNumber: required(60), phoneNumberType: text(20) }),
]);

/** Payer and receiver have the same fields. `personsSocialSecurityNumber` is accepted and never stored. */
export const Party = Type.Object({
  customerNumber: Type.Optional(Type.Integer({ minimum: 1 })),
  companyRegistrationNumber: text(20),
  companyName: text(120),
  department: text(60),
  departmentName: text(60),
  personsSocialSecurityNumber: text(20),
  firstName: text(60),
  middleName: text(60),
  lastName: text(60),
  coAddress: text(60),
  careOfAddress: text(60),
  street: text(60),
  streetName: text(60),
  streetNumber: Type.Optional(
    Type.Union([Type.Integer({ minimum: 0, maximum: 999_999 }), Type.String({ maxLength: 20 })], {
      description: 'a whole number; what stands behind it, as in 12B, goes to entrance',
    }),
  ),
  entrance: text(12),
  floorType: text(1),
  floor: Type.Optional(Type.Integer({ minimum: -99, maximum: 999 })),
  suite: text(12),
  postalCode: text(10),
  postalPlace: text(60),
  postalAddress: text(60),
  postalAddressPostalCode: text(10),
  postalAddressPostalPlace: text(60),
  countryCode: text(3),
  birthDate: date,
  sex: text(12),
  emails: Type.Optional(Type.Array(Email, { maxItems: 20 })),
  phoneNumbers: Type.Optional(Type.Array(PhoneNumber, { maxItems: 20 })),
  invoiceEmailAddress: text(255),
  categories: anything,
  permissions: anything,
  privacy: anything,
});

const PaymentInfo = Type.Optional(
  Type.Object({
    transactionId: required(255),
    amount: Type.Optional(Amount),
    currency: text(3),
    paidTime: date,
    captured: Type.Optional(Type.Boolean()),
    signature: text(2000),
  }),
);

const OrderLine = Type.Object({
  productSpecType: words(['coupon', 'product', 'issue', 'article']),
  productSpecCode: text(12),
  productSpecNo: Type.Optional(Type.Integer({ minimum: 0, maximum: 2_147_483_647 })),
  product: text(40),
  quantity: Type.Optional(Type.Integer({ minimum: 1, maximum: 10_000 })),
  unitPrice: Type.Optional(Amount),
  promotionCode: text(40),
  categoryCode: text(40),
  voucherCode: text(36),
  allowAccessProduct: text(40),
  allowAccessCategoryType: text(40),
  allowAccessSeconds: Type.Optional(Type.Integer({ minimum: 1, maximum: 315_360_000 })),
  startInfo: Type.Optional(Type.Object({ startDate: date, startIssue: text(40) })),
  rewardPartnerId: Type.Optional(Type.Integer()),
  rewardId: text(36),
  articleDetail: Type.Optional(
    Type.Object({
      companyCode: text(12),
      product: text(40),
      articleRef: text(255),
      articleDesc: text(255),
      articleCategory: text(60),
    }),
  ),
  receiver: Type.Optional(Party),
  recruiter: Type.Optional(Party),
});

/** The request of Register order: the original's fields, in the original's names. */
export const OrderBody = Type.Object({
  externalOrderId: text(40),
  orderDate: date,
  paymentMethod: Type.Optional(words(paymentMethods)),
  merchantId: text(60),
  orderAmount: Type.Optional(Amount),
  currency: text(3),
  recurring: Type.Optional(Type.Boolean()),
  prepaid: Type.Optional(Type.Boolean()),
  marketingCouponCode: text(40),
  marketingCouponNumber: Type.Optional(Type.Integer()),
  campaignParameters: text(1000),
  companyCode: text(12),
  customerReference: text(100),
  uniqueUserId: Type.Optional(Type.String({ minLength: 1, maxLength: 64 })),
  seller: text(60),
  salesMethod: text(60),
  acceptedTerms: anything,
  paymentInfoOther: PaymentInfo,
  paymentInfoVipps: PaymentInfo,
  paymentInfoPayex: PaymentInfo,
  paymentInfoKlarna: PaymentInfo,
  paymentInfoNexi: PaymentInfo,
  paymentInfoSmsPay: PaymentInfo,
  payer: Party,
  orderLines: Type.Array(OrderLine, { minItems: 1, maxItems: 100 }),
});

export type Party = Static<typeof Party>;
export type OrderLineBody = Static<typeof OrderLine>;
export type OrderBody = Static<typeof OrderBody>;
