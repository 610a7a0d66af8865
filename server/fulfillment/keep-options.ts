import type { Transaction } from '../database/transaction.ts';
import type { CompletionOptions } from '../publishers/read-completion-options.ts';
import type { CompletionEvent } from './completion.ts';
import { foldOptions, noOptions, optionFields } from './completion-options.ts';
import type { OrderToComplete } from './fulfillment.ts';
import {
  amendOrderCompletions,
  type Completion,
  findOrderCompletions,
  insertOrderCompletions,
} from './fulfillment-store.ts';

/** What authenticated requests ask for around completing one order, in the order in which they came. */
export type AskedOptions = { order: OrderToComplete; clientId: string; options: CompletionOptions };

export type KeptOptions = {
  /** What stands for each order now. */
  standing: ReadonlyMap<number, CompletionOptions>;
  /** What is still to be done for orders that had completed already; each is reported once. */
  late: CompletionEvent[];
};

/**
 * Keeps what was asked for, of each field the first value, and says what must follow by itself because its
 * order has completed before. The caller holds the locks of the orders.
 */
export async function keepOptions(
  transaction: Transaction,
  asked: readonly AskedOptions[],
): Promise<KeptOptions> {
  if (asked.length === 0) return { standing: new Map(), late: [] };
  const groups = [...Map.groupBy(asked, ({ order }) => order.orderId).values()];
  const fresh = groups.map((group) => foldGroup(group, undefined));
  const inserted = await insertOrderCompletions(
    transaction,
    fresh.map(({ after }) => after),
  );
  const others = groups.filter(([first]) => first && !inserted.has(first.order.orderId));
  // Only a repeat costs this look at what stood before.
  const amended = others.length === 0 ? [] : await amend(transaction, others);
  const kept = [...fresh.filter(({ after }) => inserted.has(after.orderId)), ...amended];
  return {
    standing: new Map(kept.map(({ after }) => [after.orderId, after.options])),
    late: kept.flatMap(lateEvents),
  };
}

type Folded = { order: OrderToComplete; before: CompletionOptions; after: Completion };

async function amend(transaction: Transaction, groups: readonly AskedOptions[][]): Promise<Folded[]> {
  const keys = groups.flatMap(([first]) => first?.order ?? []);
  const standing = await findOrderCompletions(transaction, keys);
  const folded = groups.map((group) => foldGroup(group, standing.get(group[0]?.order.orderId ?? 0)));
  const changed = folded.filter(({ before, after }) =>
    optionFields.some((field) => before[field] !== after.options[field]),
  );
  await amendOrderCompletions(
    transaction,
    changed.map(({ after }) => after),
  );
  return folded;
}

function foldGroup(
  group: readonly AskedOptions[],
  stood: { clientId: string; options: CompletionOptions } | undefined,
): Folded {
  const [first] = group;
  if (!first) throw new Error('nobody asked');
  const { order } = first;
  const before = stood?.options ?? noOptions;
  const isLinkSent = order.state === 'completed' && before.credential !== undefined;
  const asked = group.map(({ options }) => options);
  const options = foldOptions(before, asked, { isLinkSent });
  // Whoever names the callback signs it; else whoever names the credential sends the link.
  const owns = (field: 'callbackUrl' | 'credential') =>
    before[field] === undefined ? group.find((one) => one.options[field] !== undefined)?.clientId : undefined;
  const hasCallback = before.callbackUrl !== undefined;
  const clientId =
    owns('callbackUrl') ??
    (hasCallback ? undefined : owns('credential')) ??
    stood?.clientId ??
    first.clientId;
  const { orderId, publisherId } = order;
  return { order, before, after: { orderId, publisherId, clientId, options } };
}

function lateEvents({ order, before, after: { options } }: Folded): CompletionEvent[] {
  if (order.state !== 'completed') return [];
  const { publisherId, orderId } = order;
  const isNew = (field: 'callbackUrl' | 'credential') =>
    before[field] === undefined && options[field] !== undefined;
  return [
    ...(isNew('credential') ? [{ name: 'login link asked late' as const, publisherId, orderId }] : []),
    ...(isNew('callbackUrl') ? [{ name: 'callback asked late' as const, publisherId, orderId }] : []),
  ];
}
