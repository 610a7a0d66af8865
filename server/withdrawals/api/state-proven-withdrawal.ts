import { renderWithdrawConfirmPage } from '@leveret/pages/withdraw-confirm-page.js';
import { renderWithdrawOrderPage } from '@leveret/pages/withdraw-order-page.js';
import { renderWithdrawReceivedPage } from '@leveret/pages/withdraw-received-page.js';
import { isReadersOrder } from '../../accounts/find-own-order.ts';
import { findSessionId } from '../../accounts/find-session-id.ts';
import { parseEmail } from '../../kit/credential.ts';
import { browserNonce } from '../../kit/http/browser-form.ts';
import type { PageAnswer, PageCall, PageEndpoint } from '../../kit/http/endpoint.ts';
import { formatAmount } from '../../kit/money.ts';
import type { Publisher } from '../../publishers/publisher.ts';
import { findPageOrder, type PageOrder } from '../find-withdrawal-page.ts';
import { type LineStands, previewWithdrawal, type WithdrawalPreview } from '../preview-withdrawal.ts';
import { stateOnce } from '../state-once.ts';
import { readWithdrawalToken } from '../withdrawal-address.ts';
import { hasGift, outcomeOf, shownStands, shownStateOf, wentBack } from './show-order.ts';
import {
  checkForm,
  moneyBackOf,
  newStatementKey,
  problemPage,
  readStatementKey,
  shownFor,
  shownMoment,
  typedLine,
  type WithdrawContext,
} from './withdraw-pages.ts';

/** What whoever has proven it is about to withdraw from. */
type Chosen = { name: string; email: string; lines: readonly number[] };

type Page = { order: PageOrder; publisher: Publisher; preview: WithdrawalPreview };

export const openProvenWithdrawal: PageEndpoint<WithdrawContext> = {
  operationId: 'openProvenWithdrawal',
  summary: "Show an order's lines to whoever got mail at its own address, to withdraw from them",
  async handlePage(context, call) {
    const page = await findPage(context, call);
    return page
      ? showChoice(context, call, page, { ...firstChoice(page) }, [])
      : problemPage(context, call, 404);
  },
};

export const stateProvenWithdrawal: PageEndpoint<WithdrawContext> = {
  operationId: 'stateProvenWithdrawal',
  summary: 'Show what a withdrawal would do, and withdraw by the second button',
  async handlePage(context, call) {
    const page = await findPage(context, call);
    if (!page) return problemPage(context, call, 404);
    const form = checkForm(call, context.settings.publicUrl);
    if (form === 'foreign') return problemPage(context, call, 403, page.publisher);
    const chosen = chosenIn(call, page.order);
    if (form === 'stale' || call.form['step'] === 'change')
      return showChoice(context, call, page, chosen, []);
    const faults = faultsOf(chosen, page.order);
    if (faults.length > 0) return showChoice(context, call, page, chosen, faults);
    const key = readStatementKey(call);
    if (call.form['step'] !== 'confirm' || key === undefined) return showSummary(context, call, page, chosen);
    return withdraw(context, call, page, { chosen, key });
  },
};

async function findPage(context: WithdrawContext, call: PageCall): Promise<Page | undefined> {
  const named = readWithdrawalToken(context.secrets.orderAddress, call.params['token'] ?? '');
  const order = named && (await findPageOrder(context.database, named.orderId));
  if (order && !named.isFor(order.correctedTo)) return undefined;
  const publisher = order && (await context.publishers.findPublisher(order.publisherId));
  if (!order || !publisher) return undefined;
  const preview = await previewWithdrawal(context, publisher, order.orderId);
  return preview && { order, publisher, preview };
}

/** Everything that there is a right for; where there is none, everything that is not withdrawn yet. */
function firstChoice({ order, preview }: Page): Chosen {
  const of = (...kinds: LineStands['kind'][]) =>
    order.lines
      .map(({ lineNumber }) => lineNumber)
      .filter((lineNumber) => kinds.includes(preview.stands.get(lineNumber)?.kind ?? 'closed'));
  const open = of('open');
  return { name: order.name, email: '', lines: open.length > 0 ? open : of('closed') };
}

function chosenIn(call: PageCall, order: PageOrder): Chosen {
  return {
    name: typedLine(call, 'name', 200),
    email: (call.form['email'] ?? '').trim().slice(0, 254),
    lines: order.lines
      .map(({ lineNumber }) => lineNumber)
      .filter((lineNumber) => call.form[`line${lineNumber}`] !== undefined),
  };
}

function faultsOf({ name, email, lines }: Chosen, { ownEmail }: PageOrder): ('name' | 'lines' | 'email')[] {
  return [
    ...(lines.length === 0 ? (['lines'] as const) : []),
    ...(name === '' ? (['name'] as const) : []),
    ...(ownEmail === undefined && !parseEmail(email) ? (['email'] as const) : []),
  ];
}

function showChoice(
  { settings }: WithdrawContext,
  call: PageCall,
  { order, publisher, preview }: Page,
  chosen: Chosen,
  faults: readonly ('name' | 'lines' | 'email')[],
): PageAnswer {
  const { nonce, cookies } = browserNonce(call, settings.publicUrl);
  const shown = shownFor(call, publisher);
  const lines = order.lines.map((line) => ({
    lineNumber: line.lineNumber,
    description: line.description,
    amount: formatAmount(line.amountMinor, order.currency, shown.language),
    isChosen: chosen.lines.includes(line.lineNumber),
    isGift: hasGift(preview, [line.lineNumber]),
    stands: shownStands(preview.stands.get(line.lineNumber), shown.language, publisher.timeZone),
  }));
  const html = renderWithdrawOrderPage({
    ...shown,
    orderId: order.orderId,
    name: chosen.name,
    email: order.ownEmail === undefined ? chosen.email : undefined,
    lines,
    wentBack: wentBack(order, preview, shown.language),
    orderState: shownStateOf(preview.order.state),
    faults,
    action: actionOf(call),
    nonce,
  });
  return { html, cookies, ...(faults.length > 0 && { status: 400 }) };
}

/** Nothing where the whole order is meant: what is not withdrawn yet. */
function namedOf({ lines }: Chosen, { stands }: WithdrawalPreview): readonly number[] | undefined {
  const fresh = [...stands].filter(([, { kind }]) => kind !== 'withdrawn').map(([lineNumber]) => lineNumber);
  return fresh.every((lineNumber) => lines.includes(lineNumber)) ? undefined : lines;
}

function namesOf(order: PageOrder, named: readonly number[] | undefined): string[] | undefined {
  if (named === undefined) return undefined;
  return order.lines
    .filter(({ lineNumber }) => named.includes(lineNumber))
    .map(({ description }) => description);
}

function showSummary(
  { settings }: WithdrawContext,
  call: PageCall,
  { order, publisher, preview }: Page,
  chosen: Chosen,
): PageAnswer {
  const { nonce, cookies } = browserNonce(call, settings.publicUrl);
  const shown = shownFor(call, publisher);
  const named = namedOf(chosen, preview);
  const decision = preview.decide(named);
  const html = renderWithdrawConfirmPage({
    ...shown,
    name: chosen.name,
    order: String(order.orderId),
    email: order.ownEmail === undefined ? chosen.email : undefined,
    lines: namesOf(order, named),
    hasGift: hasGift(preview, endedLinesOf(decision)),
    moneyBack:
      decision.kind === 'accepted'
        ? moneyBackOf(
            { amountMinor: decision.amountMinor, by: decision.refundBy },
            order.currency,
            shown.language,
          )
        : undefined,
    why: whyOf(decision),
    fields: {
      name: chosen.name,
      ...(order.ownEmail === undefined && { email: chosen.email }),
      ...Object.fromEntries(chosen.lines.map((lineNumber) => [`line${lineNumber}`, '1'])),
      key: newStatementKey(),
    },
    action: actionOf(call),
    nonce,
  });
  return { html, cookies };
}

function endedLinesOf(decision: ReturnType<WithdrawalPreview['decide']>): number[] {
  return decision.kind === 'accepted' ? decision.lines.map(({ lineNumber }) => lineNumber) : [];
}

function whyOf(decision: ReturnType<WithdrawalPreview['decide']>) {
  if (decision.kind === 'to check') return decision.reason;
  return decision.kind === 'accepted' ? decision.rest : undefined;
}

async function withdraw(
  context: WithdrawContext,
  call: PageCall,
  { order, publisher, preview }: Page,
  { chosen, key }: { chosen: Chosen; key: string },
): Promise<PageAnswer> {
  const shown = shownFor(call, publisher);
  const sessionId = findSessionId(call, context.settings.publicUrl, publisher.publisherId);
  const proof = (await isReadersOrder(context.database, order, sessionId)) ? 'session' : 'link';
  const statement = {
    publisher,
    orderReference: String(order.orderId),
    named: namedOf(chosen, preview),
    name: chosen.name,
    receiptTo: order.ownEmail === undefined ? parseEmail(chosen.email)?.shown : undefined,
    language: shown.language,
    statedAt: undefined,
    remark: undefined,
  };
  const kept = await stateOnce(context, statement, {
    orderId: order.orderId,
    correctedTo: order.correctedTo,
    proof,
    key,
    told: chosen,
  });
  if (!kept) return problemPage(context, call, 404);
  const html = renderWithdrawReceivedPage({
    ...shown,
    at: shownMoment(kept.receivedAt, shown.language, publisher.timeZone),
    name: chosen.name,
    order: String(order.orderId),
    lines: namesOf(order, kept.named),
    destination: statement.receiptTo,
    outcome: outcomeOf(kept, { order, preview }, shown.language),
  });
  return { html };
}

function actionOf(call: PageCall): string {
  return `/user/withdraw/${call.params['token'] ?? ''}`;
}
