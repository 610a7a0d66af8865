import { heldMinor, readLedgerMoney } from './order-money.ts';
import type { Books } from './read-books.ts';
import { groupBy, openCases, type Rule, type Story, scheduledQuestions } from './story.ts';

/** What the providers booked against what we believe. */
export const moneyRules: readonly Rule[] = [
  { rule: 'no order keeps more money than its amount', check: findKeptTwice },
  { rule: 'at most one charge where no buyer acts, and one for each attempt', check: findSecondCharges },
  { rule: 'every charge is ours', check: findStrayCharges },
  { rule: 'money is believed where the provider took it, and only there', check: findWrongMoney },
  { rule: 'a payment is the sum of its attempts', check: findWrongSums },
  { rule: 'money follows the order: paid where it completed, gone where it stopped', check: findWrongKept },
  { rule: 'no operation is left behind', check: findLeftOperations },
  { rule: 'every request keeps the contract of its provider', check: findViolations },
];

type Attempt = Books['attempts'][number];

function findKeptTwice(story: Story): string[] {
  const money = readLedgerMoney(story);
  return story.books.orders.flatMap(({ order_id, amount_minor }) => {
    const held = heldMinor(money.ofOrder(order_id));
    return held > amount_minor ? [`order ${order_id} of ${amount_minor} holds ${held}`] : [];
  });
}

function findSecondCharges(story: Story): string[] {
  const money = readLedgerMoney(story);
  const direct = groupBy(
    story.books.attempts.filter((attempt) => attempt.flow === 'direct'),
    (attempt) => attempt.order_id,
  );
  const twiceCharged = [...direct.entries()].flatMap(([orderId, attempts]) => {
    const states = attempts.flatMap((attempt) => money.chargesOf(attempt).map((charge) => charge.state));
    return states.length > 1
      ? [`order ${orderId} was charged ${states.length} times: ${states.join(', ')}`]
      : [];
  });
  const twiceMade = story.books.attempts.flatMap((attempt) =>
    money.chargesOf(attempt).length > 1 ? [`the attempt ${attempt.reference} was charged again`] : [],
  );
  return [...twiceCharged, ...twiceMade];
}

function findStrayCharges({ books, ledgers }: Story): string[] {
  const references = new Set(books.attempts.map((attempt) => attempt.reference));
  return ledgers.charges
    .filter((charge) => !references.has(charge.reference))
    .map((charge) => `the charge ${charge.reference} belongs to no attempt`);
}

function findWrongMoney(story: Story): string[] {
  const money = readLedgerMoney(story);
  const cases = openCases(story.books);
  const questions = scheduledQuestions(story.books);
  return story.books.attempts.flatMap((attempt) => {
    const problems: string[] = [];
    const [charge] = money.chargesOf(attempt);
    const isTaken = charge !== undefined && (charge.state === 'charged' || charge.state === 'reserved');
    const isSecured = attempt.state === 'secured';
    const isLookedInto = cases.of(attempt.order_id).length > 0 || questions.has(attempt.order_id);
    if (isTaken && !isSecured && !isLookedInto) problems.push(`the provider has ${charge.state} it`);
    if (isSecured && (charge === undefined || charge.state === 'declined' || charge.state === 'unknown'))
      problems.push(`the provider says ${charge?.state ?? 'nothing'}`);
    if (charge && charge.amountMinor !== attempt.amount_minor)
      problems.push(`was charged another amount than ${attempt.amount_minor}`);
    if (isSecured && charge)
      problems.push(...compareTotals(attempt, money.takenOf(charge), money.returnedOf(charge)));
    return problems.map((problem) => describe(attempt, problem));
  });
}

function compareTotals(attempt: Attempt, takenMinor: number, returnedMinor: number): string[] {
  const { captured_minor: captured, refunded_minor, refunded_manually_minor: manual } = attempt;
  const refunded = refunded_minor - manual;
  return [
    ...(captured === takenMinor
      ? []
      : [`believes ${captured} was taken, and the provider took ${takenMinor}`]),
    ...(refunded === returnedMinor ? [] : [`believes ${refunded} went back, and ${returnedMinor} did`]),
    ...(manual + returnedMinor <= takenMinor
      ? []
      : [`${manual} by hand and ${returnedMinor} by the provider went back of ${takenMinor}`]),
  ];
}

function findWrongSums({ books }: Story): string[] {
  const attempts = groupBy(books.attempts, (attempt) => attempt.payment_id);
  return books.payments.flatMap((payment) => {
    const own = attempts.of(payment.payment_id);
    const captured = own.reduce((sum, one) => sum + one.captured_minor, 0);
    const refunded = own.reduce((sum, one) => sum + one.refunded_minor, 0);
    const isRight = captured === payment.captured_minor && refunded === payment.refunded_minor;
    return isRight ? [] : [`order ${payment.order_id}: ${captured} and ${refunded} back by its attempts`];
  });
}

/** A person may be at work on money that could neither be taken nor given back. */
function findWrongKept(story: Story): string[] {
  const money = readLedgerMoney(story);
  const cases = openCases(story.books);
  const attempts = groupBy(story.books.attempts, (attempt) => attempt.order_id);
  const returned = new Map(story.purchases.map((one) => [one.orderId, one.returnedMinor ?? 0]));
  return story.books.orders.flatMap(({ order_id, state, amount_minor }) => {
    const own = attempts.of(order_id);
    if (own.length === 0 || cases.of(order_id).length > 0) return [];
    const held = heldMinor(money.ofOrder(order_id));
    const wanted = state === 'completed' ? amount_minor - (returned.get(order_id) ?? 0) : 0;
    if ((state !== 'completed' && state !== 'stopped') || held === wanted) return [];
    return [
      `order ${order_id} (${state}) holds ${held} where it should hold ${wanted}; ${own.map(say).join('; ')}`,
    ];
  });
}

function findLeftOperations({ books }: Story): string[] {
  const cases = openCases(books);
  const questions = scheduledQuestions(books);
  return books.operations.flatMap(({ order_id, kind, state, code }) => {
    const isLookedInto = cases.of(order_id).length > 0 || questions.has(order_id);
    if (state === 'succeeded' || state === 'failed' || code === 'waits' || isLookedInto) return [];
    return [`order ${order_id}: the ${kind} is ${state} (${code ?? 'no code'})`];
  });
}

function findViolations({ ledgers }: Story): string[] {
  return ledgers.violations.map((violation) => JSON.stringify(violation));
}

function describe(attempt: Attempt, problem: string): string {
  return `order ${attempt.order_id}, ${say(attempt)}: ${problem}`;
}

function say({ adapter, state, code, reference }: Attempt): string {
  return `${adapter} ${reference} ${state} (${code ?? 'no answer'})`;
}
