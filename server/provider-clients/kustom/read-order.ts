import { z } from 'zod';

const Minor = z.int().min(0);
/** A word that we have a meaning for, or any other: a new one must not make the rest unreadable. */
const Word = z.string().max(60);

const CheckoutOrder = z.looseObject({
  order_id: z.string().min(1).max(255),
  status: Word.default(''),
  html_snippet: z.string().default(''),
  recurring_token: z.string().min(1).max(255).optional().catch(undefined),
});

const Movement = z.looseObject({ reference: z.string().optional().catch(undefined) });
const Movements = z.array(Movement).catch([]);

const ManagedOrder = z.looseObject({
  status: Word,
  fraud_status: Word.default(''),
  order_amount: Minor,
  original_order_amount: Minor.optional().catch(undefined),
  captured_amount: Minor.default(0),
  refunded_amount: Minor.default(0),
  remaining_authorized_amount: Minor,
  expires_at: z.coerce.date().optional().catch(undefined),
  captures: Movements.default([]),
  refunds: Movements.default([]),
});

const TokenOrder = z.looseObject({ order_id: z.string().min(1).max(255), fraud_status: Word.default('') });
const CustomerToken = z.looseObject({ status: Word });

/** What a merchant is asked before a purchase is completed. */
const Validation = z.looseObject({ order_amount: Minor, purchase_currency: z.string().length(3) });

export type KustomManagedOrder = z.infer<typeof ManagedOrder>;

/** Each reads one form of answer, or gives nothing where what must be there is not. */
export const readCheckoutOrder = reader(CheckoutOrder);
export const readManagedOrder = reader(ManagedOrder);
export const readTokenOrder = reader(TokenOrder);
export const readCustomerToken = reader(CustomerToken);
export const readValidation = reader(Validation);

function reader<T>(schema: z.ZodType<T>): (json: unknown) => T | undefined {
  return (json) => {
    const parsed = schema.safeParse(json);
    return parsed.success ? parsed.data : undefined;
  };
}
