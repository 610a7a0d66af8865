import { type Static, type TProperties, Type } from 'typebox';
import { describes, describing, narrows, narrowsIfGiven } from '../kit/http/field-sorts.ts';
import { dateForms } from '../kit/read-date.ts';
import { formerMethods, type PaymentMethod, paymentMethods } from './payment-methods.ts';

// Texts and dates that only describe. Old clients send them empty for nothing.
const text = (maxLength: number) => describes(Type.Optional(Type.String({ maxLength })));
/** Read by `read-date.ts`, which knows what each date stands for. */
const anyDate = Type.Optional(
  Type.Union([Type.Integer(), Type.String({ maxLength: 40 })], { description: dateForms }),
);
const date = describes(anyDate);

/** A list of what is only kept; the original's members, none of which is required. */
const list = <Properties extends TProperties>(members: Properties) =>
  describes(Type.Optional(Type.Array(describing(members), { maxItems: 100 })));

// What says who, what and which: old clients send it empty for nothing too, and nothing else happens then.
const code = (maxLength: number) => narrowsIfGiven(Type.Optional(Type.String({ maxLength })));
const number = (minimum: number) =>
  narrowsIfGiven(Type.Optional(Type.Integer({ minimum, maximum: 2_147_483_647 })));
const required = (maxLength: number) => narrows(Type.String({ minLength: 1, maxLength }));

const formerNames = Object.keys(formerMethods) as (keyof typeof formerMethods)[];

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
  describing({ email: code(255), emailAddress: code(255) }),
]);
const PhoneNumber = Type.Union([
  Type.String({ maxLength: 60 }),
  describing({
    phoneNumber: narrowsIfGiven(Type.String({ minLength: 1, maxLength: 60 })),
    phoneNumberType: text(20),
  }),
]);

// The original names the channels of a permission, and does not say what they are.
const Channel = Type.Union([Type.String({ maxLength: 40 }), describing({ channelCode: text(40) })]);

/** Payer and receiver have the same fields. `personsSocialSecurityNumber` is accepted and never stored. */
export const Party = describing({
  customerNumber: narrowsIfGiven(Type.Optional(Type.Integer({ minimum: 1 }))),
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
  streetNumber: describes(
    Type.Optional(
      Type.Union([Type.Integer({ minimum: 0, maximum: 999_999 }), Type.String({ maxLength: 20 })], {
        description: 'a whole number; what stands behind it, as in 12B, goes to entrance',
      }),
    ),
  ),
  entrance: text(12),
  floorType: text(1),
  floor: describes(Type.Optional(Type.Integer({ minimum: -99, maximum: 999 }))),
  suite: text(12),
  postalCode: text(10),
  postalPlace: text(60),
  postalAddress: text(60),
  postalAddressPostalCode: text(10),
  postalAddressPostalPlace: text(60),
  // Decides whose number a national number is.
  countryCode: code(3),
  // Not the original's: how messages are written to the payer (BCP 47).
  language: text(35),
  birthDate: date,
  sex: text(12),
  emails: narrowsIfGiven(Type.Optional(Type.Array(Email, { maxItems: 20 }))),
  phoneNumbers: narrowsIfGiven(Type.Optional(Type.Array(PhoneNumber, { maxItems: 20 }))),
  invoiceEmailAddress: text(255),
  categories: list({ addressCategory: text(255), freeValue: text(1000) }),
  permissions: list({
    enterpriseCode: text(40),
    orderTypeCode: text(40),
    channels: describes(Type.Optional(Type.Array(Channel, { maxItems: 100 }))),
    channelCode: text(40),
    permissionType: text(40),
  }),
  privacy: list({ enterpriseCode: text(40), orderTypeCode: text(40), purpose: text(255) }),
});

/** Not the original's: which terms the buyer accepted, by their name or by what proves it later. */
const AcceptedTerms = Type.Union([
  Type.String({ maxLength: 255 }),
  describing({
    version: text(100),
    url: text(2000),
    acceptedAt: date,
    withdrawalWaived: describes(
      Type.Optional(
        Type.Boolean({ description: 'the buyer asked for delivery at once, and knows what is lost by it' }),
      ),
    ),
  }),
]);

const PaymentInfo = narrowsIfGiven(
  Type.Optional(
    describing({
      transactionId: required(255),
      amount: narrows(Type.Optional(Amount)),
      currency: code(3),
      paidTime: date,
      captured: narrows(Type.Optional(Type.Boolean())),
      signature: code(2000),
    }),
  ),
);

const OrderLine = describing({
  productSpecType: narrows(words(['coupon', 'product', 'issue', 'article'])),
  productSpecCode: code(12),
  productSpecNo: number(0),
  product: code(40),
  quantity: narrows(Type.Optional(Type.Integer({ minimum: 1, maximum: 10_000 }))),
  unitPrice: narrows(Type.Optional(Amount)),
  // Not the original's: names what no catalogue knows.
  description: text(255),
  promotionCode: text(40),
  categoryCode: text(40),
  voucherCode: code(36),
  allowAccessProduct: code(40),
  allowAccessCategoryType: code(40),
  // Without it access would last as long as somebody else decides, so it is not left empty beside these.
  allowAccessSeconds: narrowsIfGiven(Type.Optional(Type.Integer({ minimum: 1, maximum: 315_360_000 })), [
    'allowAccessProduct',
    'allowAccessCategoryType',
    'articleDetail',
  ]),
  startInfo: narrowsIfGiven(
    Type.Optional(describing({ startDate: narrowsIfGiven(anyDate), startIssue: code(40) })),
  ),
  rewardPartnerId: narrowsIfGiven(Type.Optional(Type.Integer())),
  rewardId: code(36),
  articleDetail: narrowsIfGiven(
    Type.Optional(
      describing({
        companyCode: text(12),
        product: code(40),
        articleRef: code(255),
        articleDesc: text(255),
        articleCategory: text(60),
      }),
    ),
  ),
  receiver: narrowsIfGiven(Type.Optional(Party)),
  recruiter: describes(Type.Optional(Party)),
});

const howItRecurs = [
  'the buyer agrees to pay each period.',
  'vippsRecurring has one period for all lines that renew, at the sum of their prices:',
  'lines that renew at different lengths are refused (renewal_periods_differ).',
  'creditcardPayex and kco keep a card or a token, and renew each line by itself.',
].join(' ');

const earlyStartMeaning = [
  'true where the buyer, on your own page and by a box that was not ticked beforehand, asked to have it at',
  'once and acknowledged what follows: digital content then has no right of withdrawal, and of a',
  'subscription the used days may be kept (directive 2011/83/EU, articles 7(3), 8(8), 16(m)). Leave it',
  'out where our page asks.',
].join(' ');

/**
 * The request of Register order: the original's fields, in the original's names. What decides how much is
 * paid, and whether it is paid already, may not be empty; what else selects may, and is absent then.
 */
const fields = {
  externalOrderId: text(40),
  orderDate: date,
  paymentMethod: narrows(Type.Optional(words([...paymentMethods, ...formerNames]))),
  merchantId: code(60),
  orderAmount: narrows(Type.Optional(Amount)),
  currency: code(3),
  recurring: narrowsIfGiven(Type.Optional(Type.Boolean({ description: howItRecurs }))),
  prepaid: narrows(Type.Optional(Type.Boolean())),
  // Not the original's.
  earlyStart: narrows(Type.Optional(Type.Boolean({ description: earlyStartMeaning }))),
  marketingCouponCode: code(40),
  marketingCouponNumber: narrowsIfGiven(Type.Optional(Type.Integer())),
  campaignParameters: text(1000),
  companyCode: text(12),
  customerReference: text(100),
  uniqueUserId: narrowsIfGiven(Type.Optional(Type.String({ minLength: 1, maxLength: 64 }))),
  seller: text(60),
  salesMethod: text(60),
  acceptedTerms: describes(Type.Optional(AcceptedTerms)),
  // Of a method by its former name; what else stands there is not kept.
  paymentInfo: narrowsIfGiven(Type.Optional(describing({ transactionId: required(255) }))),
  paymentInfoOther: PaymentInfo,
  paymentInfoVipps: PaymentInfo,
  paymentInfoPayex: PaymentInfo,
  paymentInfoKlarna: PaymentInfo,
  paymentInfoNexi: PaymentInfo,
  paymentInfoSmsPay: PaymentInfo,
  payer: narrows(Party),
  orderLines: narrows(Type.Array(OrderLine, { minItems: 1, maxItems: 100 })),
};
export const OrderBody = describing(fields);

/** The same in a reader's name: who pays may be left out, or be said in part. */
export const OwnOrderBody = describing({ ...fields, payer: narrowsIfGiven(Type.Optional(Party)) });

export type AcceptedTerms = Static<typeof AcceptedTerms>;
export type Party = Static<typeof Party>;
export type OrderLineBody = Static<typeof OrderLine>;
export type OrderBody = Static<typeof OrderBody>;
export type OwnOrderBody = Static<typeof OwnOrderBody>;
/** As it is read on: the method by the name that it has now, with its evidence. */
export type CurrentBody = Omit<OrderBody, 'paymentMethod' | 'paymentInfo'> & {
  paymentMethod?: PaymentMethod;
};
