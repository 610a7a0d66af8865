import { z } from 'zod';

const id = /^\/psp\/paymentorders\/[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

const Amount = z.int().nonnegative();
const Problem = z.object({ type: z.string() });
const Token = z.object({ type: z.string(), token: z.string().regex(/^[\w-]{8,100}$/) });

/** Amounts are minor units. Fields that are not needed are left out, and what is not known is not refused. */
const Order = z.object({
  id: z.string().regex(id),
  status: z
    .enum(['Initialized', 'Paid', 'Failed', 'Cancelled', 'Aborted', 'Reversed'])
    .or(z.string().transform(() => 'Unknown' as const)),
  amount: Amount,
  remainingCaptureAmount: Amount.optional().catch(undefined),
  remainingCancellationAmount: Amount.optional().catch(undefined),
  remainingReversalAmount: Amount.optional().catch(undefined),
  paid: z
    .object({
      transactionType: z.string().optional(),
      amount: Amount.optional(),
      tokens: readable(Token).optional().catch(undefined),
    })
    .optional()
    .catch(undefined),
  failed: z.object({ problem: Problem.optional() }).optional().catch(undefined),
  failedAttempts: z
    .object({ failedAttemptList: z.array(z.object({ problem: Problem.optional() })).optional() })
    .optional()
    .catch(undefined),
  financialTransactions: z
    .object({
      financialTransactionsList: z
        .array(z.object({ type: z.string(), amount: Amount, payeeReference: z.string().catch('') }))
        .optional(),
    })
    .optional()
    .catch(undefined),
});

const Operation = z.object({ rel: z.string(), method: z.string(), href: z.string() });
const Answer = z.object({
  paymentOrder: Order,
  operations: readable(Operation).catch([]),
});

export type PaymentOrder = z.infer<typeof Order>;
export type Operation = z.infer<typeof Operation>;
export type OrderAnswer = z.infer<typeof Answer>;

/** Reads an answer that shows a payment order; nothing where it shows none. */
export function readOrderAnswer(text: string): OrderAnswer | undefined {
  const parsed = Answer.safeParse(parseJson(text));
  return parsed.success ? parsed.data : undefined;
}

/** Whether this is the id of a payment order, and no other address. */
export function isOrderId(text: string): boolean {
  return id.test(text);
}

/** A list without what cannot be read in it. */
function readable<T>(item: z.ZodType<T>) {
  return z.array(z.unknown()).transform((all) =>
    all.flatMap((one) => {
      const read = item.safeParse(one);
      return read.success ? [read.data] : [];
    }),
  );
}

export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
