import { cutText } from '../../../kit/cut-text.ts';
import type { JudgedAnswer } from '../../../kit/judge-answer.ts';
import type { MethodContext } from '../../port/payment-method.ts';
import type { AttemptFacts, OperationRequest } from '../../port/payment-request.ts';
import type { OperationAnswer } from '../../port/provider-answer.ts';
import { readManagement } from './ask.ts';
import { callKustom } from './call-kustom.ts';
import { readManagedOrder } from './read-order.ts';
import { accountOf } from './settings.ts';
import { moneyOf } from './translate.ts';
import { writeLines } from './write-order.ts';

const longestText = 255;
const noOrder: OperationAnswer = { kind: 'failed', code: 'no order id', raw: '' };

/** Tells Kustom that we have the order, after which it stops pushing. Moves nothing. */
export async function acknowledge(context: MethodContext, attempt: AttemptFacts): Promise<OperationAnswer> {
  if (attempt.providerId === undefined) return noOrder;
  const answer = await write(context, attempt.providerId, 'acknowledge', { key: attempt.reference });
  // Of a trial there may be no order that could be acknowledged.
  const isGone = answer.kind === 'refused' && answer.status === 404 && attempt.amountMinor === 0;
  return isGone ? { kind: 'succeeded', raw: answer.raw } : answerOf(answer);
}

/** Moves money by one write; `sum` names the amount as Kustom does. */
export async function moveMoney(
  context: MethodContext,
  attempt: AttemptFacts,
  operation: OperationRequest,
  { folder, sum }: { folder: 'captures' | 'refunds'; sum: object },
): Promise<OperationAnswer> {
  if (attempt.providerId === undefined) return noOrder;
  const body = { ...sum, ...describe(operation) };
  const answer = await write(context, attempt.providerId, folder, { key: operation.reference, body });
  if (answer.kind !== 'refused' || answer.status !== 403) return answerOf(answer);
  // The key may have been forgotten since a first try that was carried out, and the order still shows it.
  const order = await readManagement(context, attempt.providerId);
  if (order.kind !== 'done') return order.kind === 'refused' ? answerOf(answer) : answerOf(order);
  const known = readManagedOrder(order.body);
  const isThere = known?.[folder].some((one) => one.reference === operation.reference);
  return known && isThere ? { kind: 'succeeded', money: moneyOf(known), raw: order.raw } : answerOf(answer);
}

/** One write on an order in order management; the key sees to it that repeating it does nothing more. */
export function write(
  { http, settings }: MethodContext,
  providerId: string,
  name: string,
  { key, body }: { key: string; body?: object },
): Promise<JudgedAnswer> {
  return callKustom(http, accountOf(settings), {
    method: 'POST',
    path: `/ordermanagement/v1/orders/${encodeURIComponent(providerId)}/${name}`,
    idempotencyKey: key,
    ...(body && { body }),
  });
}

/** A refused login is for people to mend, after which the same operation may be tried again. */
export function answerOf(answer: JudgedAnswer): OperationAnswer {
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

function describe({ reference, description, lines, amountMinor, vatMinor }: OperationRequest): object {
  return {
    reference,
    description: cutText(description, longestText),
    ...(lines && { order_lines: writeLines({ amountMinor, vatMinor, description, lines }) }),
  };
}
