import { type StaticDecode, type TSchema, Type } from 'typebox';
import { ifReadable, minorUnits, orElse, readLeniently } from '../../../kit/read-leniently.ts';

const Id = Type.String({ minLength: 1, maxLength: 255 });
/** A word that we have a meaning for, or any other: a new one must not make the rest unreadable. */
const Word = Type.String({ maxLength: 60 });
const WordOrNone = Type.String({ maxLength: 60, default: '' });
const Moment = Type.Decode(
  Type.Refine(Type.String(), (text) => !Number.isNaN(Date.parse(text))),
  (text) => new Date(text),
);

const CheckoutOrder = Type.Object({
  order_id: Id,
  status: WordOrNone,
  html_snippet: Type.String({ default: '' }),
  recurring_token: ifReadable(Id),
});

const Movements = orElse(Type.Array(Type.Object({ reference: ifReadable(Type.String()) })), []);

const ManagedOrder = Type.Object({
  status: Word,
  fraud_status: WordOrNone,
  order_amount: minorUnits(),
  original_order_amount: ifReadable(minorUnits()),
  captured_amount: minorUnits({ default: 0 }),
  refunded_amount: minorUnits({ default: 0 }),
  remaining_authorized_amount: minorUnits(),
  expires_at: ifReadable(Moment),
  captures: Movements,
  refunds: Movements,
});

const TokenOrder = Type.Object({ order_id: Id, fraud_status: WordOrNone });
const CustomerToken = Type.Object({ status: Word });

/** What a merchant is asked before a purchase is completed. */
const Validation = Type.Object({
  order_amount: minorUnits(),
  purchase_currency: Type.String({ minLength: 3, maxLength: 3 }),
});

export type KustomManagedOrder = StaticDecode<typeof ManagedOrder>;

/** Each reads one form of answer, or gives nothing where what must be there is not. */
export const readCheckoutOrder = reader(CheckoutOrder);
export const readManagedOrder = reader(ManagedOrder);
export const readTokenOrder = reader(TokenOrder);
export const readCustomerToken = reader(CustomerToken);
export const readValidation = reader(Validation);

function reader<Schema extends TSchema>(schema: Schema): (json: unknown) => StaticDecode<Schema> | undefined {
  return (json) => readLeniently(schema, json);
}
