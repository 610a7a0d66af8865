import type { DemoClient, JsonValue, Reply } from '../builders/demo-client.ts';

/** A publisher's site at its desk: what it types in, and what it is told. */
export type Desk = { url: string; sandboxUrl: string; client: DemoClient };

/** What somebody types, and what it means: a value, or `400 code field`. */
export type PeopleCase = { name: string; right: unknown; tried(desk: Desk): Promise<unknown> };

type Fields = Record<string, unknown>;

export const guide = { productSpecType: 'product', product: 'GUIDE' };

/** Registers an order for the payer, and answers one field of the payer as it is kept. */
export async function keptOfPayer(desk: Desk, payer: Fields, field: string): Promise<unknown> {
  return whatIsKept(
    desk,
    { payer: { lastName: 'Nordmann', emails: ['payer@example.com'], ...payer } },
    (order) => (isFields(order['payer']) ? order['payer'][field] : undefined),
  );
}

/** Registers a free order with the changes, and answers what `look` sees of it; a refusal in one line. */
export async function whatIsKept(
  desk: Desk,
  changes: Fields,
  look: (order: Record<string, JsonValue>, reply: Reply) => unknown,
): Promise<unknown> {
  const reply = await desk.client.post('/capi/v1/client/order', {
    paymentMethod: 'free',
    payer: { lastName: 'Nordmann', emails: ['payer@example.com'] },
    orderLines: [guide],
    ...changes,
  });
  if (reply.status !== 200) return refusalOf(reply);
  const { body } = await desk.client.get(`/capi/v1/client/order/${JSON.stringify(reply.body['orderId'])}`);
  return look(body, reply) ?? null;
}

/** A refusal as `400 code field`; what is no refusal of input as its status. */
export function refusalOf({ status, body }: Reply): string {
  const [first] = Array.isArray(body['fields']) ? body['fields'] : [];
  const field = isFields(first) ? textOf(first['field']) : '';
  return `${status} ${textOf(body['code'])} ${field}`.trimEnd();
}

export function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

/** The rules of the warnings of a reply. */
export function warnedRules({ body }: Reply): unknown[] {
  const warnings = Array.isArray(body['warnings']) ? body['warnings'] : [];
  return warnings.map((one) => (isFields(one) ? one['rule'] : one));
}

export function isFields(value: unknown): value is Record<string, JsonValue> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
