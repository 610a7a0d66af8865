import { type TSchema, Type } from 'typebox';

const orNull = <Schema extends TSchema>(schema: Schema) => Type.Union([schema, Type.Null()]);
const text = orNull(Type.String());
const time = Type.String({ description: 'RFC 3339' });
const amount = Type.Number({ description: 'major units, VAT included' });

/** An order in a list: our own endpoints speak RFC 3339, and show our state beside the original's status. */
export const OrderSummary = Type.Object({
  orderId: Type.Integer(),
  externalOrderId: text,
  orderStatus: Type.String({ description: 'preliminary, completed or stopped, as at the original' }),
  state: Type.String({ description: 'registered, paying, completed or stopped' }),
  stoppedReason: text,
  paymentMethod: text,
  merchantId: text,
  prepaid: Type.Boolean(),
  recurring: Type.Boolean(),
  orderAmount: amount,
  currency: Type.String(),
  customerNumber: Type.Integer(),
  uniqueUserId: text,
  clientId: Type.String(),
  orderedAt: time,
  registeredAt: time,
  expiresAt: time,
  cancelAskedAt: orNull(time),
  endedAt: orNull(time),
});

const Line = Type.Object({
  lineNumber: Type.Integer(),
  productSpecType: Type.String(),
  productSpecCode: text,
  productSpecNo: orNull(Type.Integer()),
  product: text,
  issue: text,
  articleRef: text,
  description: Type.String(),
  quantity: Type.Integer(),
  unitPrice: amount,
  discount: amount,
  amount,
  vatPercent: Type.Number(),
  vatAmount: amount,
  captured: Type.Number({ description: 'captured by line; 0 where it was all taken at once' }),
  capturePending: amount,
  refunded: Type.Number({ description: 'gone back, or given up before it was taken' }),
  refundPending: amount,
  endedReason: text,
  receiver: orNull(Type.Object({})),
});

const Payment = Type.Object({
  authorized: amount,
  captured: amount,
  refunded: amount,
  cancelled: amount,
  disputed: amount,
  capturePending: amount,
  refundPending: amount,
});

const Invoice = Type.Object({
  state: Type.String(),
  invoiceNumber: orNull(Type.Integer()),
  kid: text,
  dueOn: text,
  credited: amount,
});

const Completion = Type.Object({
  callbackUrl: text,
  credential: text,
  returnUrl: text,
  errorUrl: text,
  linkLifetimeSeconds: orNull(Type.Integer()),
  askedAt: time,
});

const Checkout = Type.Object({
  at: time,
  textVersion: Type.String({ description: 'of the words of the page' }),
  textSha256: Type.String({ description: 'SHA-256 of the text as shown, in UTF-8, as hex' }),
  language: Type.String(),
  paymentMethod: text,
  amount,
  earlyStart: Type.Boolean(),
  text: orNull(Type.String({ description: 'what the buyer read, with the button that was pressed last' })),
});

const Grant = Type.Object({
  lineNumber: Type.Integer(),
  kind: Type.String({ description: 'temporary or bought' }),
  product: text,
  issue: text,
  articleRef: text,
  categoryType: text,
  startsAt: time,
  endsAt: orNull(time),
  revokedAt: orNull(time),
});

/** Everything about an order; what the publisher sent beside it stands at the same level. */
export const WholeOrder = Type.Interface([OrderSummary], {
  payer: orNull(Type.Object({})),
  orderLines: Type.Array(Line),
  prepayment: orNull(Type.Object({ transactionId: Type.String(), isReleased: Type.Boolean() })),
  completion: orNull(Completion),
  earlyStart: Type.Boolean({
    description:
      'the buyer asked to have it at once, and knows what follows for the right of withdrawal: on our ' +
      'page, or on yours, as you told when you registered the order',
  }),
  checkouts: Type.Array(Checkout, {
    description: 'each press of the button on our page that began something, oldest first',
  }),
  payment: orNull(Payment),
  invoice: orNull(Invoice),
  access: Type.Array(Grant),
  timeline: Type.Array(
    Type.Object({
      at: time,
      name: Type.String({ description: 'as in the log of events, and in webhooks' }),
      what: Type.String(),
      text: Type.String({ description: 'a sentence in English, for people; its words may change' }),
      amount: Type.Optional(Type.Number({ description: 'major units, where the entry has one' })),
    }),
  ),
});
