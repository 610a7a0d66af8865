import { renderWithdrawConfirmPage } from '@leveret/pages/withdraw-confirm-page.js';
import { type OwnOrder, renderWithdrawPage, type TypedStatement } from '@leveret/pages/withdraw-page.js';
import { renderWithdrawReceivedPage } from '@leveret/pages/withdraw-received-page.js';
import type { Session } from '../../accounts/find-session.ts';
import { parseEmail } from '../../kit/credential.ts';
import { firstAndMore } from '../../kit/first-and-more.ts';
import { answerEvenly } from '../../kit/http/answer-evenly.ts';
import { browserNonce } from '../../kit/http/browser-form.ts';
import type { PageAnswer, PageCall, PageEndpoint } from '../../kit/http/endpoint.ts';
import { orderId } from '../../kit/ids.ts';
import { findWithdrawalRights, type OrderWithRights } from '../../orders/find-withdrawal-rights.ts';
import type { Publisher } from '../../publishers/publisher.ts';
import { findOwnOrders } from '../find-withdrawal-page.ts';
import { receiveStatementOnce } from '../receive-statement.ts';
import { withdrawalLinkOf } from '../withdrawal-address.ts';
import {
  checkForm,
  findPublisher,
  findReader,
  newStatementKey,
  problemPage,
  readStatementKey,
  shownDay,
  shownFor,
  shownMoment,
  typedLine,
  type WithdrawContext,
} from './withdraw-pages.ts';

type Fault = 'name' | 'order' | 'email';

export const openWithdrawal: PageEndpoint<WithdrawContext> = {
  operationId: 'openWithdrawal',
  summary: 'Show where anybody states that they withdraw from a contract, and a reader the own orders',
  parameters: ['clientId', 'publisherId'],
  async handlePage(context, call) {
    const session = await findReader(context, call);
    const publisher = await findPublisher(context, call, session);
    if (!publisher) return problemPage(context, call, 400);
    return showForm(context, call, { publisher, session, typed: typedOf(call), faults: [] });
  },
};

export const stateWithdrawal: PageEndpoint<WithdrawContext> = {
  operationId: 'stateWithdrawal',
  summary: 'Show a statement of withdrawal as it was typed, and keep it by the second button',
  parameters: ['clientId', 'publisherId'],
  async handlePage(context, call) {
    const session = await findReader(context, call);
    const publisher = await findPublisher(context, call, session);
    if (!publisher) return problemPage(context, call, 400);
    const form = checkForm(call, context.settings.publicUrl);
    if (form === 'foreign') return problemPage(context, call, 403, publisher);
    const typed = typedOf(call);
    const faults = faultsOf(typed);
    const page = { publisher, session, typed, faults };
    if (form === 'stale' || call.form['step'] === 'change') {
      return showForm(context, call, { ...page, faults: [] });
    }
    if (faults.length > 0) return showForm(context, call, page);
    const key = readStatementKey(call);
    if (call.form['step'] !== 'confirm' || key === undefined)
      return showSummary(context, call, publisher, typed);
    return keep(context, call, publisher, { typed, key });
  },
};

function typedOf(call: PageCall): TypedStatement {
  return {
    name: typedLine(call, 'name', 200),
    order: typedLine(call, 'order', 40),
    email: (call.form['email'] ?? '').trim().slice(0, 254),
    what: typedLine(call, 'what', 200),
  };
}

function faultsOf({ name, order, email }: TypedStatement): Fault[] {
  const faults: [Fault, boolean][] = [
    ['name', name === ''],
    ['order', order === ''],
    ['email', parseEmail(email) === undefined],
  ];
  return faults.filter(([, isWrong]) => isWrong).map(([fault]) => fault);
}

type FormPage = {
  publisher: Publisher;
  session: Session | undefined;
  typed: TypedStatement;
  faults: readonly Fault[];
};

async function showForm(
  context: WithdrawContext,
  call: PageCall,
  { publisher, session, typed, faults }: FormPage,
): Promise<PageAnswer> {
  const { nonce, cookies } = browserNonce(call, context.settings.publicUrl);
  const shown = shownFor(call, publisher);
  const isOwn = session?.publisherId === publisher.publisherId;
  const own = session && isOwn ? await ownOrders(context, session, shown.language) : [];
  const html = renderWithdrawPage({ ...shown, own, typed, faults, action: actionOf(call), nonce });
  return { html, cookies, ...(faults.length > 0 && { status: 400 }) };
}

async function ownOrders(context: WithdrawContext, session: Session, language: string): Promise<OwnOrder[]> {
  const rows = await findOwnOrders(context.database, session.publisherId, session.accountId);
  const { publisherId } = session;
  const keys = rows.map((row) => ({ publisherId, orderId: row.order_id }));
  const found = await findWithdrawalRights(context.database, keys);
  return found.flatMap((order, index) =>
    order
      ? [ownOrder(context, { ...order, correctedTo: rows[index]?.corrected_to ?? undefined }, language)]
      : [],
  );
}

const msPerDay = 86_400_000;

function ownOrder(
  { settings, secrets }: WithdrawContext,
  order: OrderWithRights & { correctedTo: string | undefined },
  language: string,
): OwnOrder {
  const { lines, now, completedAt, timeZone, correctedTo } = order;
  const proven = { orderId: orderId(order.orderId), correctedTo };
  const untils = lines.flatMap(({ right }) => (right.right === 'yes' && right.until ? [right.until] : []));
  const last = Math.max(0, ...untils.map((until) => until.getTime()));
  return {
    orderId: order.orderId,
    day: shownDay(completedAt ?? now, language, timeZone),
    purchase: firstAndMore({ first: lines[0]?.description ?? '', more: lines.length - 1 }, language),
    daysLeft: last > now.getTime() ? Math.ceil((last - now.getTime()) / msPerDay) : undefined,
    url: withdrawalLinkOf(settings.publicUrl, secrets.orderAddress, proven),
  };
}

function showSummary(
  { settings }: WithdrawContext,
  call: PageCall,
  publisher: Publisher,
  typed: TypedStatement,
): PageAnswer {
  const { nonce, cookies } = browserNonce(call, settings.publicUrl);
  const { name, order, email, what } = typed;
  const html = renderWithdrawConfirmPage({
    ...shownFor(call, publisher),
    name,
    order,
    email,
    lines: what === '' ? undefined : [what],
    moneyBack: undefined,
    why: undefined,
    fields: { ...typed, key: newStatementKey() },
    action: actionOf(call),
    nonce,
  });
  return { html, cookies };
}

/** Answers alike, and as fast, whether there is such an order or not. */
async function keep(
  context: WithdrawContext,
  call: PageCall,
  publisher: Publisher,
  { typed, key }: { typed: TypedStatement; key: string },
): Promise<PageAnswer> {
  const shown = shownFor(call, publisher);
  const statement = {
    publisher,
    orderReference: typed.order,
    named: undefined,
    name: typed.name,
    receiptTo: parseEmail(typed.email)?.shown,
    language: shown.language,
    statedAt: undefined,
    remark: typed.what === '' ? undefined : typed.what,
  };
  const kept = await answerEvenly(receiveStatementOnce(context, statement, { address: call.address, key }));
  if (!kept) return problemPage(context, call, 429, publisher);
  const html = renderWithdrawReceivedPage({
    ...shown,
    at: shownMoment(kept.receivedAt, shown.language, publisher.timeZone),
    name: typed.name,
    order: typed.order,
    lines: typed.what === '' ? undefined : [typed.what],
    destination: typed.email,
    outcome: { kind: 'unproven' },
  });
  return { html };
}

/** The same address, so that the publisher stays the same. */
function actionOf(call: PageCall): string {
  const named = ['clientId', 'publisherId'].flatMap((name) => {
    const value = call.query[name];
    return value === undefined ? [] : [`${name}=${encodeURIComponent(value)}`];
  });
  return named.length === 0 ? '/user/withdraw' : `/user/withdraw?${named.join('&')}`;
}
