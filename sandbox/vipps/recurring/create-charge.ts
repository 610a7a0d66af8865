import type { Answer, Call } from '../answer.ts';
import type { Vipps } from '../vipps.ts';
import type { Agreement } from './agreement.ts';
import { noteCharge } from './change-charge.ts';
import type { RecurringCharge } from './charge.ts';
import { newChargeId } from './draft-agreement.ts';
import { isTooMuch } from './limits.ts';
import { type ProblemKind, refuse } from './problem.ts';
import { withAgreement } from './read-agreement.ts';

export type CreateCharge = {
  amount: number;
  description: string;
  transactionType: 'DIRECT_CAPTURE' | 'RESERVE_CAPTURE';
  due?: string;
  retryDays?: number;
  type?: 'RECURRING' | 'UNSCHEDULED';
  processingMode?: 'MULTIPLE_ATTEMPTS' | 'SINGLE_ATTEMPT';
  orderId?: string;
  externalId?: string;
};

const dayMilliseconds = 86_400_000;
const visibleDays = 30;
const mostAheadDays = 730;
const batchHour = 'T08:00:00Z';

/** `POST /recurring/v3/agreements/{agreementId}/charges`: a payment to be taken on a day to come. */
export function createCharge(vipps: Vipps, call: Call<CreateCharge>): Answer {
  return withAgreement(vipps, call, (agreement) => {
    const obstacle = findObstacle(vipps, agreement, call.body);
    if (obstacle) return refuse(obstacle.kind, obstacle.field);
    const now = vipps.world.clock.now();
    const charge = newCharge(vipps, agreement, call.body);
    const visibleAt = charge.dueAtMilliseconds - visibleDays * dayMilliseconds;
    const status = visibleAt <= now ? 'DUE' : 'PENDING';
    noteCharge(vipps, { ...charge, status }, 'CREATE', charge.amount, call.key);
    if (visibleAt > now) vipps.later(visibleAt, { what: 'show charge', id: charge.id });
    vipps.later(charge.dueAtMilliseconds, { what: 'process charge', id: charge.id });
    return { status: 201, body: { chargeId: charge.id } };
  });
}

function findObstacle(
  vipps: Vipps,
  agreement: Agreement,
  body: CreateCharge,
): { kind: ProblemKind; field: string } | undefined {
  if (body.orderId !== undefined && vipps.charges.get(body.orderId)) {
    return { kind: 'conflict', field: 'orderId' };
  }
  if (agreement.status !== 'ACTIVE') return { kind: 'charge-creation-failed', field: 'agreementId' };
  if (body.type === 'UNSCHEDULED') return { kind: 'unsupported-feature', field: 'type' };
  if (body.retryDays === undefined) return { kind: 'validation-error', field: 'retryDays' };
  if (body.processingMode === 'SINGLE_ATTEMPT' && body.retryDays > 0) {
    return { kind: 'validation-error', field: 'processingMode' };
  }
  const obstacle = findDueObstacle(vipps, body.due);
  if (obstacle) return obstacle;
  const charge = { amount: body.amount, dueAtMilliseconds: dueAt(body) };
  const others = vipps.charges.all().filter((one) => one.agreementId === agreement.id);
  return isTooMuch(agreement, others, charge)
    ? { kind: 'charge-amount-too-high', field: 'amount' }
    : undefined;
}

function findDueObstacle(
  vipps: Vipps,
  due: string | undefined,
): { kind: ProblemKind; field: string } | undefined {
  if (due === undefined) return { kind: 'validation-error', field: 'due' };
  const today = new Intl.DateTimeFormat('sv-SE', { timeZone: 'Europe/Oslo' }).format(vipps.world.clock.now());
  if (due <= today) return { kind: 'charge-due-too-soon', field: 'due' };
  const days = (Date.parse(due) - vipps.world.clock.now()) / dayMilliseconds;
  return days > mostAheadDays ? { kind: 'charge-due-in-too-long', field: 'due' } : undefined;
}

function dueAt({ due }: CreateCharge): number {
  return Date.parse(`${due}${batchHour}`);
}

function newCharge(vipps: Vipps, agreement: Agreement, body: CreateCharge): RecurringCharge {
  const { amount, description, transactionType, externalId } = body;
  return {
    ...{ amount, description, transactionType, agreementId: agreement.id, msn: agreement.msn },
    id: body.orderId ?? newChargeId(),
    type: 'RECURRING',
    status: 'PENDING',
    currency: agreement.pricing.currency,
    dueAtMilliseconds: dueAt(body),
    retryDays: body.retryDays ?? 0,
    ...(externalId !== undefined && { externalId }),
    ...(agreement.mobile !== undefined && { mobile: agreement.mobile }),
    createdAt: vipps.world.clock.timestamp(),
    decidedAt: null,
    captured: 0,
    refunded: 0,
    cancelled: 0,
    history: [],
  };
}
