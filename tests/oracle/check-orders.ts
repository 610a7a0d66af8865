import { groupBy, knownPurchases, type Rule, type Story } from './story.ts';

/** What was acknowledged is there, once, and every order has come to its end or waits for someone. */
export const orderRules: readonly Rule[] = [
  { rule: 'every request is acknowledged', check: findUnanswered },
  { rule: 'no acknowledged order is lost, and none is registered twice', check: findLostOrders },
  { rule: 'no acknowledged completion is lost', check: findLostCompletions },
  { rule: 'no acknowledged assignment is lost, and a reader has one account', check: findLostAssignments },
  { rule: 'every order is final, or has a scheduled question or a case about its try', check: findForgotten },
  { rule: 'every order ends once', check: findRepeatedEnds },
  { rule: 'a completed order gives access, and no other', check: findWrongGrants },
  { rule: 'invoices are numbered without gaps', check: findInvoiceGaps },
  { rule: 'no job dies', check: ({ books }) => books.deadJobs.map((job) => JSON.stringify(job)) },
];

function findUnanswered({ purchases }: Story): string[] {
  return purchases.flatMap(({ nth, kind, refusal }) =>
    refusal ? [`buyer ${nth} (${kind.name}): ${refusal}`] : [],
  );
}

function findLostOrders(story: Story): string[] {
  const saved = new Set(story.books.orders.map((order) => order.order_id));
  const known = new Set<number>();
  const problems: string[] = [];
  for (const { nth, orderId } of knownPurchases(story)) {
    if (!saved.has(orderId)) problems.push(`order ${orderId} of buyer ${nth} is not in the database`);
    if (known.has(orderId)) problems.push(`order ${orderId} was given to two buyers`);
    known.add(orderId);
  }
  // A buyer who was never answered may have left an order behind, which is no second one.
  const unknown = [...saved].filter((orderId) => !known.has(orderId));
  const unanswered = story.purchases.filter((purchase) => purchase.orderId === undefined).length;
  if (unknown.length > unanswered) problems.push(`nobody knows the orders ${unknown.join(', ')}`);
  return problems;
}

function findLostCompletions(story: Story): string[] {
  const completions = groupBy(story.books.completions, (row) => row.order_id);
  const states = new Map(story.books.orders.map((order) => [order.order_id, order.state]));
  return knownPurchases(story).flatMap(({ orderId, completed, callbackUrl, credential }) => {
    if (!completed) return [];
    const [kept] = completions.of(orderId);
    const problems: string[] = [];
    if (!kept) problems.push(`what was asked for order ${orderId} is not there`);
    if (kept && kept.callback_url !== (callbackUrl ?? null))
      problems.push(`order ${orderId} has the callbackUrl ${kept.callback_url}`);
    if (kept && kept.credential !== (credential ?? null))
      problems.push(`order ${orderId} has the credential ${kept.credential}`);
    if (completed.body['state'] === 'completed' && states.get(orderId) !== 'completed')
      problems.push(`order ${orderId} was answered as completed and is ${states.get(orderId)}`);
    return problems;
  });
}

function findLostAssignments(story: Story): string[] {
  const users = new Map(story.books.orders.map((order) => [order.order_id, order.unique_user_id]));
  const assigned = knownPurchases(story).flatMap((purchase) => {
    const user = purchase.assigned?.body['uniqueUserId'];
    const isNew = purchase.assigned?.body['isNewUser'] === true;
    return typeof user === 'string' ? [{ ...purchase, user, isNew }] : [];
  });
  const lost = assigned
    .filter(({ orderId, user }) => users.get(orderId) !== user)
    .map(({ orderId, user }) => `order ${orderId} was tied to ${user} and is with ${users.get(orderId)}`);
  const readers = Map.groupBy(assigned, (one) => one.assignee);
  const doubled = [...readers].flatMap(([reader, group]) => {
    const accounts = new Set(group.map((one) => one.user)).size;
    const births = group.filter((one) => one.isNew).length;
    return accounts > 1 || births > 1 ? [`${reader} has ${accounts} accounts, ${births} times new`] : [];
  });
  return [...lost, ...doubled];
}

function findForgotten({ books }: Story): string[] {
  const questions = new Set(books.questions.map((job) => job.order_id));
  const unresolved = books.cases.filter((one) => one.kind === 'attempt unresolved' && one.state === 'open');
  const cases = new Set(unresolved.map((one) => one.order_id));
  const isAttended = (orderId: number) => questions.has(orderId) || cases.has(orderId);
  return books.orders.flatMap(({ order_id, state }) => {
    if (state === 'registered') return [`order ${order_id} was never completed`];
    return state === 'paying' && !isAttended(order_id) ? [`nobody looks after order ${order_id}`] : [];
  });
}

function findRepeatedEnds({ books }: Story): string[] {
  return books.endings.flatMap(({ order_id, name, times }) =>
    times > 1 ? [`order ${order_id}: "${name}" happened ${times} times`] : [],
  );
}

/** What was given back may have taken its access with it. */
function findWrongGrants({ books, purchases }: Story): string[] {
  const grants = groupBy(books.grants, (grant) => grant.order_id);
  const returned = new Set(
    purchases.filter((one) => one.returnedMinor !== undefined).map((one) => one.orderId),
  );
  return books.orders.flatMap(({ order_id, state }) => {
    if (returned.has(order_id)) return [];
    const kinds = grants
      .of(order_id)
      .map((grant) => grant.kind)
      .sort()
      .join(', ');
    const expected = state === 'completed' ? 'bought, temporary' : '';
    return kinds === expected ? [] : [`order ${order_id} (${state}) has the grants: ${kinds || 'none'}`];
  });
}

function findInvoiceGaps({ books }: Story): string[] {
  const numbers = books.invoices
    .flatMap((invoice) => invoice.invoice_number ?? [])
    .sort((one, other) => one - other);
  const first = numbers[0] ?? 0;
  const gaps = numbers.filter((number, index) => number !== first + index);
  // A draft that is credited whole never gets a number.
  const settled = books.invoices.filter((one) => one.invoice_number !== null || one.state === 'credited');
  const invoiced = new Set(settled.map((one) => one.order_id));
  const missing = books.orders.filter(
    (order) =>
      order.payment_method === 'invoice' && order.state === 'completed' && !invoiced.has(order.order_id),
  );
  return [
    ...gaps.slice(0, 1).map((number) => `there is a gap before the invoice ${number}`),
    ...missing.map((order) => `order ${order.order_id} has no numbered invoice`),
  ];
}
