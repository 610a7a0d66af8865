import { amountIn, dayIn, momentIn, type OutsideText, wordsIn } from './example-values.ts';
import type { Seller } from './parts/seller-foot.tsx';
import { renderWithdrawConfirmPage } from './withdraw-confirm-page.tsx';
import {
  type LineToChoose,
  renderWithdrawOrderPage,
  type WithdrawnOrderState,
} from './withdraw-order-page.tsx';
import { renderWithdrawPage } from './withdraw-page.tsx';
import { renderWithdrawReceivedPage, type StatementOutcome } from './withdraw-received-page.tsx';

type Text = OutsideText & { seller: Seller };
type Example = { file: string; state: string; render: (text: Text) => string };

/** The pages on which a reader withdraws, in every state. */
export const exampleWithdrawals: readonly Example[] = [
  { file: 'withdraw-page', state: '', render: (text) => form(text, []) },
  { file: 'withdraw-page', state: 'faults', render: (text) => form(text, ['name', 'order', 'email']) },
  { file: 'withdraw-page', state: 'reader', render: (text) => form(text, [], [12, 1, undefined]) },
  { file: 'withdraw-order-page', state: '', render: (text) => choice(text, [open(text), closed, withdrawn]) },
  { file: 'withdraw-order-page', state: 'no right', render: (text) => choice(text, [late, closed]) },
  { file: 'withdraw-order-page', state: 'withdrawn', render: (text) => choice(text, [withdrawn, withdrawn]) },
  {
    file: 'withdraw-order-page',
    state: 'stopped',
    render: (text) => choice(text, [{ kind: 'open', until: undefined }], [], 'stopped'),
  },
  {
    file: 'withdraw-order-page',
    state: 'faults',
    render: (text) => choice(text, [{ kind: 'open', until: undefined }], ['lines', 'name', 'email']),
  },
  { file: 'withdraw-confirm-page', state: 'unproven', render: (text) => summary(text) },
  ...(['us', 'invoice', 'hand'] as const).map((by) => ({
    file: 'withdraw-confirm-page',
    state: by,
    render: (text: Text) => summary(text, { moneyBack: { amount: amountIn(text, 24_800), by } }),
  })),
  {
    file: 'withdraw-confirm-page',
    state: 'too late',
    render: (text) => summary(text, { why: 'too late', moneyBack: 'nothing' }),
  },
  {
    file: 'withdraw-received-page',
    state: 'unproven',
    render: (text) => received(text, { kind: 'unproven' }),
  },
  {
    file: 'withdraw-received-page',
    state: 'repeated',
    render: (text) => received(text, { kind: 'repeated' }),
  },
  {
    file: 'withdraw-received-page',
    state: 'looked at',
    render: (text) => received(text, { kind: 'looked at', why: 'single issue' }),
  },
  {
    file: 'withdraw-received-page',
    state: 'accepted',
    render: (text) =>
      received(text, {
        kind: 'accepted',
        ends: 'lines',
        isPart: true,
        hasGift: true,
        moneyBack: { amount: amountIn(text, 9900), by: 'us' },
      }),
  },
  {
    file: 'withdraw-received-page',
    state: 'cancelled',
    render: (text) =>
      received(text, { kind: 'accepted', ends: 'order', isPart: false, moneyBack: 'nothing' }),
  },
  {
    file: 'withdraw-received-page',
    state: 'stopped before',
    render: (text) =>
      received(text, { kind: 'accepted', ends: 'nothing', isPart: false, moneyBack: 'nothing' }),
  },
];

const open = (text: Text): LineToChoose['stands'] => ({
  kind: 'open',
  until: dayIn(text, '2031-05-17T10:00:00Z'),
});
const closed: LineToChoose['stands'] = { kind: 'closed', why: 'single issue' };
const late: LineToChoose['stands'] = { kind: 'closed', why: 'too late' };
const withdrawn: LineToChoose['stands'] = { kind: 'withdrawn' };

const nameOf = (text: Text) => wordsIn(text, 'Ola Nordmann');
const orderOf = (text: Text) => wordsIn(text, '100000');

function form(
  text: Text,
  faults: readonly ('name' | 'order' | 'email')[],
  daysLeft: readonly (number | undefined)[] = [],
): string {
  return renderWithdrawPage({
    ...text,
    own: daysLeft.map((days, index) => ({
      orderId: 100_000 + index,
      day: dayIn(text, `2031-05-0${3 + index}T10:00:00Z`),
      purchase: text.purchase,
      daysLeft: days,
      url: text.url,
    })),
    typed: {
      name: nameOf(text),
      order: orderOf(text),
      email: text.destination,
      what: text.purchase,
    },
    faults,
    action: text.url,
    homeUrl: text.url,
  });
}

function choice(
  text: Text,
  stands: readonly LineToChoose['stands'][],
  faults: readonly ('name' | 'lines' | 'email')[] = [],
  orderState: WithdrawnOrderState = faults.length === 0 ? 'completed' : 'under way',
): string {
  return renderWithdrawOrderPage({
    ...text,
    orderId: 100_000,
    name: nameOf(text),
    email: faults.length > 0 ? text.destination : undefined,
    lines: stands.map((one, index) => ({
      lineNumber: index + 1,
      description: text.purchase,
      amount: amountIn(text, 9900),
      isChosen: one.kind === 'open',
      isGift: index === 0,
      stands: one,
    })),
    wentBack: faults.length > 0 ? undefined : amountIn(text, 5000),
    orderState,
    faults,
    action: text.url,
    homeUrl: text.url,
  });
}

function summary(
  text: Text,
  follows: Partial<Pick<Parameters<typeof renderWithdrawConfirmPage>[0], 'moneyBack' | 'why'>> = {},
): string {
  return renderWithdrawConfirmPage({
    ...text,
    name: nameOf(text),
    order: orderOf(text),
    email: text.destination,
    lines: [text.purchase, wordsIn(text, 'Haredalens Tidende nr. 12')],
    hasGift: follows.moneyBack !== undefined,
    moneyBack: follows.moneyBack,
    why: follows.why,
    fields: { name: nameOf(text), email: text.destination, key: text.nonce },
    action: text.url,
  });
}

function received(text: Text, outcome: StatementOutcome): string {
  return renderWithdrawReceivedPage({
    ...text,
    at: momentIn(text, '2031-05-17T10:00:00Z'),
    name: nameOf(text),
    order: orderOf(text),
    lines: outcome.kind === 'repeated' ? undefined : [text.purchase],
    destination: outcome.kind === 'accepted' ? undefined : text.destination,
    outcome,
    homeUrl: text.url,
  });
}
