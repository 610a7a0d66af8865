import type { Database } from '../../database/transaction.ts';
import type { SharedHttpClient } from '../../kit/http-client.ts';
import type { OrderId, PublisherId } from '../../kit/ids.ts';
import { lockAttempt, lockOrder } from '../attempts-store.ts';
import { callFor } from '../call-for.ts';
import { findAttemptFacts } from '../find-attempt-facts.ts';
import { type ConfiguredMethod, type MethodDirectory, settingsFor } from '../find-method.ts';
import { linesOfParts } from '../find-payment-lines.ts';
import type { MethodContext, PaymentMethod } from '../port/payment-method.ts';
import type { AttemptFacts, OperationRequest } from '../port/payment-request.ts';
import type { Evidence, OperationAnswer } from '../port/provider-answer.ts';
import { type AttemptMoney, canRelease } from './attempt-money.ts';
import { moneyOf } from './move-money.ts';
import { lockOperation, moveOperation, type OperationRow } from './operations-store.ts';

export type OperationKey = {
  publisherId: PublisherId;
  orderId: OrderId;
  attemptId: number;
  operationId: number;
};

/** What there is to do for an operation; `ready` means that it is claimed and may be called. */
export type PreparedOperation =
  | { kind: 'nothing to do' }
  /** A release that is wanted again when the rest is taken. */
  | { kind: 'waits' }
  | { kind: 'not yet'; seconds: number; reason: string }
  /** Not now, and perhaps later: tried again by the plan. */
  | { kind: 'impossible'; code: string }
  /** Never, by this reference. */
  | { kind: 'refused'; code: string }
  | {
      kind: 'ready';
      /** The provider took it before and is at work. */
      isPending: boolean;
      call(http: SharedHttpClient): Promise<OperationAnswer>;
      ask: ((http: SharedHttpClient) => Promise<Evidence>) | undefined;
    };

const nothingToDo: PreparedOperation = { kind: 'nothing to do' };
const secondsForCapture = 15;

/** Claims an operation under the locks of order, attempt and operation, and reads all that its call needs. */
export function prepareOperation(
  context: { database: Database; methods: MethodDirectory },
  key: OperationKey,
): Promise<PreparedOperation> {
  return context.database.transaction('claim-operation', async (transaction) => {
    const order = await lockOrder(transaction, key.publisherId, key.orderId);
    const attempt = await lockAttempt(transaction, key.publisherId, key.attemptId);
    const operation = await lockOperation(transaction, key.publisherId, key.operationId);
    if (!order || attempt?.state !== 'secured' || !operation) return nothingToDo;
    const money = await moneyOf(transaction, key, key.attemptId);
    const obstacle = obstacleOf(operation, money);
    if (obstacle?.kind === 'waits') await moveOperation(transaction, operation, 'created', 'waits');
    if (obstacle) return obstacle;
    const configured = context.methods.findByAdapter(key.publisherId, attempt.adapter, attempt.merchant_id);
    if (!configured) return { kind: 'impossible', code: 'not configured' };
    const call = callOf(configured.method, operation);
    if (!call) return { kind: 'refused', code: 'not offered' };
    const facts = await findAttemptFacts(transaction, key);
    if (operation.state === 'created') await moveOperation(transaction, operation, 'sent');
    return ready(
      { ...configured, settings: settingsFor(configured, attempt.pinned) },
      facts,
      operation,
      requestOf(operation, facts, order.description),
      call,
    );
  });
}

function obstacleOf(operation: OperationRow, money: AttemptMoney): PreparedOperation | undefined {
  const { kind, state, amount_minor: amountMinor, seconds_left: seconds } = operation;
  if (state !== 'created' && state !== 'sent' && state !== 'unknown') return nothingToDo;
  if (state !== 'created') return undefined;
  if (seconds > 0) return { kind: 'not yet', seconds, reason: 'planned for later' };
  if (kind === 'cancel') return canRelease(money) ? undefined : { kind: 'waits' };
  if (kind === 'capture' || money.captured - money.refunded >= amountMinor) return undefined;
  return money.capturing > 0
    ? { kind: 'not yet', seconds: secondsForCapture, reason: 'the capture is under way' }
    : { kind: 'refused', code: 'not captured' };
}

type Call = (
  context: MethodContext,
  attempt: AttemptFacts,
  request: OperationRequest,
) => Promise<OperationAnswer>;

function callOf(method: PaymentMethod, { kind }: OperationRow): Call | undefined {
  const { capture, cancel, refund } = method;
  switch (kind) {
    case 'capture':
      return capture;
    case 'refund':
      return refund;
    case 'cancel':
      return (
        cancel &&
        ((context, attempt, { reference, description }) =>
          cancel(context, attempt, { reference, description, scope: 'reserved' }))
      );
  }
}

function ready(
  configured: ConfiguredMethod,
  facts: AttemptFacts,
  operation: OperationRow,
  request: OperationRequest,
  call: Call,
): PreparedOperation {
  const { ask } = configured.method;
  return {
    kind: 'ready',
    isPending: operation.code === 'pending',
    call: (provider) => call(callFor({ provider }, configured), facts, request),
    ask: ask && ((provider) => ask(callFor({ provider }, configured), facts)),
  };
}

const longestDescription = 50;

function requestOf(
  operation: OperationRow,
  facts: AttemptFacts,
  description: string | null,
): OperationRequest {
  return {
    reference: operation.reference,
    amountMinor: operation.amount_minor,
    vatMinor: operation.vat_minor,
    description: [...(description ?? 'order')].slice(0, longestDescription).join(''),
    lines: operation.parts ? linesOfParts(facts.lines, operation.parts) : undefined,
  };
}
