import type { LineToChoose, WithdrawnOrderState } from '@leveret/pages/withdraw-order-page.js';
import type { StatementOutcome } from '@leveret/pages/withdraw-received-page.js';
import { formatAmount } from '../../kit/money.ts';
import type { OrderState } from '../../orders/order.ts';
import type { PageOrder } from '../find-withdrawal-page.ts';
import type { LineStands, WithdrawalPreview } from '../preview-withdrawal.ts';
import type { KeptStatement } from '../state-once.ts';
import { moneyBackOf, shownDay } from './withdraw-pages.ts';

export function shownStands(
  stands: LineStands | undefined,
  language: string,
  timeZone: string,
): LineToChoose['stands'] {
  if (stands === undefined) return { kind: 'closed', why: 'not offered' };
  if (stands.kind !== 'open') return stands;
  const { until } = stands;
  // The last day as a whole: the moment after it is no longer in time.
  const last = until && new Date(until.getTime() - 1);
  return { kind: 'open', until: last && shownDay(last, language, timeZone) };
}

/** What has gone back of lines that are not withdrawn, or is on its way; of an amount no line is told. */
export function wentBack(order: PageOrder, { order: found, stands }: WithdrawalPreview, language: string) {
  const { by, leftMinor } = found.money;
  if (found.state !== 'completed' || by === 'nobody') return undefined;
  const fresh = order.lines.filter(({ lineNumber }) => stands.get(lineNumber)?.kind !== 'withdrawn');
  const numbers = fresh.map(({ lineNumber }) => lineNumber);
  const left = found.lines.filter(({ right }) => numbers.includes(right.lineNumber));
  const gone =
    sumOf(fresh.map((line) => line.amountMinor)) -
    Math.min(sumOf(left.map((line) => line.leftMinor)), leftMinor);
  return gone > 0 ? formatAmount(gone, order.currency, language) : undefined;
}

function sumOf(amounts: readonly number[]): number {
  return amounts.reduce((sum, amount) => sum + amount, 0);
}

const endsOf = { completed: 'lines', stopped: 'nothing', registered: 'order', paying: 'order' } as const;

export function shownStateOf(state: OrderState): WithdrawnOrderState {
  return state === 'completed' || state === 'stopped' ? state : 'under way';
}

/** Whether one of these lines has come to somebody else than its buyer. */
export function hasGift({ order }: WithdrawalPreview, lineNumbers: readonly number[]): boolean {
  return (
    order.state === 'completed' &&
    order.lines.some(({ isGift, right }) => isGift && lineNumbers.includes(right.lineNumber))
  );
}

export function outcomeOf(
  kept: KeptStatement,
  { order, preview }: { order: PageOrder; preview: WithdrawalPreview },
  language: string,
): StatementOutcome {
  switch (kept.state) {
    case 'accepted': {
      const back = { amountMinor: kept.refundMinor, by: kept.refundBy };
      return {
        kind: 'accepted',
        ends: endsOf[kept.orderState],
        isPart: kept.named !== undefined || kept.reason !== undefined,
        hasGift: hasGift(preview, kept.lines),
        moneyBack: moneyBackOf(back, order.currency, language),
      };
    }
    case 'repeated':
      return { kind: 'repeated' };
    case 'to_check':
    case 'refused':
      return { kind: 'looked at', why: kept.reason };
  }
}
