import type { Database } from '../../database/transaction.ts';
import type { SharedHttpClient } from '../../kit/http-client.ts';
import type { PublisherId } from '../../kit/ids.ts';
import { findAttemptFacts } from '../ledger/find-attempt-facts.ts';
import { lockPayment } from '../ledger/lock-payment.ts';
import { describeLines } from '../lines/describe-lines.ts';
import { linesOfParts } from '../lines/find-payment-lines.ts';
import { callFor } from '../merchants/call-for.ts';
import { type ConfiguredMethod, type MethodDirectory, settingsFor } from '../merchants/find-method.ts';
import type { MethodContext, PaymentMethod } from '../port/payment-method.ts';
import type { AttemptFacts, OperationRequest } from '../port/payment-request.ts';
import type { Evidence, OperationAnswer } from '../port/provider-answer.ts';
import { lockMoney } from './attempt-money.ts';
import { findObstacle, type Obstacle } from './operation-obstacle.ts';
import { lockOperation, moveOperation, type OperationRow } from './operations-store.ts';
import { stateOfClaim } from './weigh-answer.ts';

export type OperationKey = {
  publisherId: PublisherId;
  attemptId: number;
  operationId: number;
};

/** What there is to do for an operation; `ready` means that it is claimed and may be called. */
export type PreparedOperation =
  | Obstacle
  /** Not now, and perhaps later: tried again by the plan. */
  | { kind: 'impossible'; code: string }
  | {
      kind: 'ready';
      /** The provider took it before and is at work. */
      isPending: boolean;
      call(http: SharedHttpClient): Promise<OperationAnswer>;
      ask: ((http: SharedHttpClient) => Promise<Evidence>) | undefined;
    };

const nothingToDo: PreparedOperation = { kind: 'nothing to do' };

/** Claims an operation under the locks of order, attempt and operation, and reads all that its call needs. */
export function prepareOperation(
  context: { database: Database; methods: MethodDirectory },
  key: OperationKey,
): Promise<PreparedOperation> {
  return context.database.transaction('claim-operation', async (transaction) => {
    const { order, attempt } = (await lockPayment(transaction, key)) ?? {};
    const [operation, money] = await Promise.all([
      lockOperation(transaction, key.publisherId, key.operationId),
      lockMoney(transaction, key.publisherId, key.attemptId),
    ]);
    if (!attempt || !operation || !money) return nothingToDo;
    const obstacle = findObstacle(operation, money);
    if (obstacle?.kind === 'waits') await moveOperation(transaction, operation, 'created', 'waits');
    if (obstacle) return obstacle;
    const configured = context.methods.findByAdapter(key.publisherId, attempt.adapter, attempt.merchant_id);
    if (!configured) return { kind: 'impossible', code: 'not configured' };
    const call = callOf(configured.method, operation);
    if (!call) return { kind: 'refused', code: 'not offered' };
    const facts = await findAttemptFacts(transaction, key.publisherId, key.attemptId);
    const claimed = stateOfClaim(operation);
    if (claimed) await moveOperation(transaction, operation, claimed);
    return ready(
      { ...configured, settings: settingsFor(configured, attempt.pinned) },
      facts,
      operation,
      requestOf(operation, facts, order?.locale ?? 'en', configured.method),
      call,
    );
  });
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

function requestOf(
  operation: OperationRow,
  facts: AttemptFacts,
  language: string,
  method: PaymentMethod,
): OperationRequest {
  const lines = operation.parts ? linesOfParts(facts.lines, operation.parts) : undefined;
  return {
    reference: operation.reference,
    amountMinor: operation.amount_minor,
    vatMinor: operation.vat_minor,
    description: describeLines(lines ?? facts.lines, language, method),
    lines,
  };
}
