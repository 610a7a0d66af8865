import { callKustom, type KustomAnswer } from '../../../provider-clients/kustom/call-kustom.ts';
import { readManagedOrder } from '../../../provider-clients/kustom/read-order.ts';
import type { MethodContext } from '../../port/payment-method.ts';
import type { AttemptFacts, OperationRequest } from '../../port/payment-request.ts';
import type { OperationAnswer } from '../../port/provider-answer.ts';
import { readManagement } from './ask.ts';
import { accountOf } from './settings.ts';
import { moneyOf } from './translate.ts';
import { writeLines } from './write-order.ts';

const longestText = 255;
const noOrder: OperationAnswer = { kind: 'failed', code: 'no order id', raw: '' };

/** Takes reserved money. Kustom counts it as an acknowledgement too. */
export async function capture(
  context: MethodContext,
  attempt: AttemptFacts,
  operation: OperationRequest,
): Promise<OperationAnswer> {
  return move(context, attempt, operation, {
    folder: 'captures',
    body: { captured_amount: operation.amountMinor, ...describe(operation) },
  });
}

/** Gives back captured money, from all captures taken together. */
export async function refund(
  context: MethodContext,
  attempt: AttemptFacts,
  operation: OperationRequest,
): Promise<OperationAnswer> {
  return move(context, attempt, operation, {
    folder: 'refunds',
    body: { refunded_amount: operation.amountMinor, ...describe(operation) },
  });
}

/** Tells Kustom that we have the order, after which it stops pushing. Moves nothing. */
export async function acknowledge(context: MethodContext, attempt: AttemptFacts): Promise<OperationAnswer> {
  if (attempt.providerId === undefined) return noOrder;
  return answerOf(await write(context, attempt.providerId, 'acknowledge', { key: attempt.reference }));
}

/** One write on an order in order management; the key sees to it that repeating it does nothing more. */
export function write(
  { http, settings }: MethodContext,
  providerId: string,
  name: string,
  { key, body }: { key: string; body?: object },
): Promise<KustomAnswer> {
  return callKustom(http, accountOf(settings), {
    method: 'POST',
    path: `/ordermanagement/v1/orders/${encodeURIComponent(providerId)}/${name}`,
    idempotencyKey: key,
    ...(body && { body }),
  });
}

/** A refused login is for people to mend, after which the same operation may be tried again. */
export function answerOf(answer: KustomAnswer): OperationAnswer {
  switch (answer.kind) {
    case 'done':
      return { kind: 'succeeded', raw: answer.raw };
    case 'refused':
      if (answer.status === 401) return { kind: 'not sent', code: answer.code };
      return { kind: 'failed', code: answer.code, raw: answer.raw };
    case 'not sent':
    case 'unknown':
      return answer;
  }
}

async function move(
  context: MethodContext,
  attempt: AttemptFacts,
  operation: OperationRequest,
  { folder, body }: { folder: 'captures' | 'refunds'; body: object },
): Promise<OperationAnswer> {
  if (attempt.providerId === undefined) return noOrder;
  const answer = await write(context, attempt.providerId, folder, { key: operation.reference, body });
  if (answer.kind !== 'refused' || answer.status !== 403) return answerOf(answer);
  // The key may have been forgotten since a first try that was carried out, and the order still shows it.
  const order = await readManagement(context, attempt.providerId);
  if (order.kind !== 'done') return order.kind === 'refused' ? answerOf(answer) : answerOf(order);
  const known = readManagedOrder(order.json);
  const isThere = known?.[folder].some((one) => one.reference === operation.reference);
  return known && isThere ? { kind: 'succeeded', money: moneyOf(known), raw: order.raw } : answerOf(answer);
}

function describe({ reference, description, lines, amountMinor, vatMinor }: OperationRequest): object {
  return {
    reference,
    description: description.slice(0, longestText),
    ...(lines && { order_lines: writeLines({ amountMinor, vatMinor, description, lines }) }),
  };
}
