import { type Ledgers, referenceOf } from './read-ledgers.ts';
import { groupBy, type Rule, type Story, wasKilledBetween } from './story.ts';

/** What publishers were told: all of it, and again only what was not taken, or where a process died. */
export const callbackRules: readonly Rule[] = [
  { rule: 'every end with a callbackUrl is called back', check: findMissingCallbacks },
  { rule: 'a callback tells the truth under its own id', check: findWrongCallbacks },
  { rule: 'a callback that was taken comes again only after a kill', check: findUnexplainedCallbacks },
];

/** What readers were told, where everything that sends messages works. */
export const messageRules: readonly Rule[] = [
  { rule: 'every link that was asked for is sent', check: findMissingMessages },
  { rule: 'every order that was paid here has one receipt', check: findMissingReceipts },
  { rule: 'a repeated message says the same and is explained by a kill', check: findUnexplainedMessages },
];

type Callback = Ledgers['callbacks'][number];

/** The id is the same over all tries. */
function idOf(callback: Callback): string {
  return callback.headers['webhook-id'] ?? 'none';
}

function callbacksById(story: Story) {
  return groupBy(story.ledgers.callbacks, idOf);
}

function findMissingCallbacks(story: Story): string[] {
  const { books } = story;
  const received = callbacksById(story);
  const deliveries = groupBy(books.deliveries, (delivery) => delivery.order_id);
  const completions = new Map(books.completions.map((row) => [row.order_id, row.callback_url]));
  return books.orders.flatMap(({ order_id, state }) => {
    if (!completions.get(order_id) || (state !== 'completed' && state !== 'stopped')) return [];
    const wanted = state === 'completed' ? 'success' : 'failed';
    const told = deliveries
      .of(order_id)
      .toSorted((one, other) => one.sequence - other.sequence)
      .at(-1);
    if (!told) return [`order ${order_id} (${state}) has no callback`];
    if (told.status !== wanted) return [`order ${order_id} (${state}) last told ${told.status}`];
    return deliveries
      .of(order_id)
      .filter((one) => one.state !== 'delivered' || received.of(`msg_${one.delivery_id}`).length === 0)
      .map((one) => `order ${order_id}: callback ${one.delivery_id} (${one.state}) never arrived`);
  });
}

function findWrongCallbacks(story: Story): string[] {
  const deliveries = new Map(story.books.deliveries.map((one) => [`msg_${one.delivery_id}`, one]));
  return story.ledgers.callbacks.flatMap((callback) => {
    const delivery = deliveries.get(idOf(callback));
    if (!delivery) return [`a callback to ${callback.path} has the unknown id ${idOf(callback)}`];
    const isTrue =
      new URL(delivery.url).pathname === callback.path &&
      callback.query['fulfillmentStatus'] === delivery.status;
    return isTrue ? [] : [`the callback ${idOf(callback)} said ${JSON.stringify(callback.query)}`];
  });
}

/** A success that was written down is never followed by another try. */
function findUnexplainedCallbacks(story: Story): string[] {
  const received = callbacksById(story);
  return story.books.deliveries.flatMap(({ delivery_id, recorded_tries }) => {
    const id = `msg_${delivery_id}`;
    const sends = received
      .of(id)
      .map(({ receivedAt, answered }) => ({ at: receivedAt, isTaken: answered === 200 }));
    const again = unexplained(story, sends);
    const recorded = recorded_tries > 1 ? [`${id} was written down ${recorded_tries} times`] : [];
    return [...recorded, ...again.map((at) => `${id} came again after ${at}, when nothing was killed`)];
  });
}

function findMissingMessages({ books, ledgers }: Story): string[] {
  const messages = groupBy(books.messages, (message) => message.order_id);
  const sent = new Set(ledgers.messages.map(referenceOf));
  const options = new Map(books.completions.map((row) => [row.order_id, row.credential]));
  return books.orders.flatMap(({ order_id, state }) => {
    const own = messages.of(order_id);
    const links = own.filter((one) => one.is_link).length;
    const wanted = state === 'completed' && options.get(order_id) ? 1 : 0;
    if (links !== wanted) return [`order ${order_id} (${state}) has ${links} links`];
    return own
      .filter((one) => !sent.has(one.reference) || (one.state !== 'accepted' && one.state !== 'delivered'))
      .map((one) => `order ${order_id}: message ${one.message_id} (${one.state}) never left`);
  });
}

function findMissingReceipts({ books }: Story): string[] {
  return books.receipts
    .filter(({ is_wanted, queued }) => queued !== (is_wanted ? 1 : 0))
    .map(({ order_id, queued }) => `order ${order_id} has ${queued} receipts`);
}

function findUnexplainedMessages(story: Story): string[] {
  const sent = groupBy(story.ledgers.messages, referenceOf);
  const arrived = groupBy(story.ledgers.inbox, (one) =>
    referenceOf({ reference: one.refId ?? one.messageId }),
  );
  return story.books.messages.flatMap(({ reference, order_id, tries }) => {
    const texts = new Set(arrived.of(reference).map((one) => one.text));
    const differing = texts.size > 1 ? [`the messages of order ${order_id} differ`] : [];
    const sends = sent.of(reference).map((one) => ({ at: one.acceptedAt, isTaken: true }));
    const again = unexplained(story, sends);
    const recorded = tries > 1 ? [`the message of order ${order_id} was written down ${tries} times`] : [];
    return [
      ...differing,
      ...recorded,
      ...again.map((at) => `order ${order_id} was written to again after ${at}`),
    ];
  });
}

/** The sends that were taken and yet followed by another, though no process was killed between the two. */
function unexplained({ kills }: Story, sends: readonly { at: string; isTaken: boolean }[]): string[] {
  const sorted = sends.toSorted((one, other) => one.at.localeCompare(other.at));
  return sorted.slice(0, -1).flatMap(({ at, isTaken }, index) => {
    const isExplained = !isTaken || wasKilledBetween(kills, at, sorted[index + 1]?.at ?? at);
    return isExplained ? [] : [at];
  });
}

/** How many callbacks and messages came, and how many of them more than once. */
export function countNotified(story: Story) {
  const own = new Set(story.books.messages.map((message) => message.reference));
  const sent = story.ledgers.messages.filter((message) => own.has(referenceOf(message)));
  const { callbacks } = story.ledgers;
  return {
    callbacks: callbacks.length,
    repeatedCallbacks: callbacks.length - new Set(callbacks.map(idOf)).size,
    messages: sent.length,
    repeatedMessages: sent.length - new Set(sent.map(referenceOf)).size,
  };
}
