import { Type } from 'typebox';
import type { CatalogueSnapshots } from '../../catalogue/catalogue.ts';
import type { Secrets } from '../../config/secrets.ts';
import type { Settings } from '../../config/settings.ts';
import type { DatabaseClock } from '../../database/clock.ts';
import type { Database } from '../../database/transaction.ts';
import { epochMilliseconds } from '../../kit/epoch-milliseconds.ts';
import type { Answer } from '../../kit/http/endpoint.ts';
import type { Warning } from '../../kit/http/read-input.ts';
import type { AccountId, OrderId } from '../../kit/ids.ts';
import { Problem } from '../../kit/problem.ts';
import type { MethodDirectory } from '../../payments/merchants/find-method.ts';
import type { ClientCall } from '../../publishers/publisher.ts';
import type { Accounts } from '../check-method.ts';
import { findOrderPaidBy, findRegistration } from '../find-registration.ts';
import type { NewOrder, Registration } from '../new-order.ts';
import { fulfillmentUrl } from '../order-address.ts';
import type { OrderBody } from '../order-body.ts';
import { owesNothing } from '../payment-methods.ts';
import { readNewOrder } from '../read-new-order.ts';
import { contentHash, type RegisterLane } from '../register-order.ts';

export type RegisterContext = {
  settings: Settings;
  secrets: Secrets;
  database: Database;
  clock: DatabaseClock;
  catalogue: CatalogueSnapshots;
  registerOrder: RegisterLane;
  methods: Accounts & Pick<MethodDirectory, 'wayToPay' | 'refreshOf'>;
};

/** Whoever registers: a client, or a reader by one. */
type Registrar = {
  /** What keys are kept under. */
  operation: string;
  /** A reader is answered about their own orders alone. */
  reader: AccountId | undefined;
  /** What is ordered. A refusal of it does not stand in the way of a reply that a key has kept. */
  readBody(): Promise<OrderBody>;
};

export const RegisterReply = Type.Object({
  orderId: Type.Integer(),
  orderStatus: Type.String(),
  state: Type.String(),
  fulfillmentUrl: Type.String(),
  expiresAt: Type.Integer({ description: 'epoch milliseconds' }),
  warnings: Type.Array(Type.Object({ field: Type.String(), rule: Type.String(), message: Type.String() })),
});

type RegisterCall = ClientCall<unknown>;

/** Registers one order for a client or a reader, and answers with where it is completed. */
export function answerRegistration(
  context: RegisterContext,
  call: RegisterCall,
  registrar: Registrar,
): Promise<Answer> {
  return register(context, call, registrar, 2);
}

async function register(
  context: RegisterContext,
  call: RegisterCall,
  registrar: Registrar,
  triesLeft: number,
): Promise<Answer> {
  const client = call.caller;
  const warnings = [...call.warnings];
  const { operation, reader } = registrar;
  const contentSha256 = contentHash(call.bodyText);
  const keyed = { operation, idempotencyKey: call.idempotencyKey, contentSha256 };
  const order = await readOrderSurely(context, call, registrar, warnings).catch(async (error: unknown) => {
    // What a key registered is replayed, also where the catalogue would not sell it any more.
    const first = await findRegistration(context.database, client, keyed);
    if (first) return first;
    throw error;
  });
  if ('expiresAt' in order) return answer(context, order, warnings, replayed);
  warnings.push(...warningsOfMethod(context, order));
  const registration: Registration = { order, by: client.by, ...keyed };
  const outcome = await context.registerOrder(registration);
  switch (outcome.kind) {
    case 'registered':
      return answer(context, outcome, warnings);
    case 'catalogue_is_stale':
      context.catalogue.forget(client.publisher.publisherId);
      if (triesLeft > 0) return register(context, call, registrar, triesLeft - 1);
      throw new Problem('temporarily_unavailable', { retryAfterSeconds: 1 });
    case 'user_is_unknown':
      throw unknownUser();
    case 'key_exists': {
      const first = await findRegistration(context.database, client, registration);
      if (!first) throw new Problem('request_is_running', { retryAfterSeconds: 1 });
      return answer(context, first, warnings, replayed);
    }
    case 'payment_already_used': {
      const first = await findOrderPaidBy(context.database, client, registration, reader);
      if (!first) throw new Problem('payment_already_used');
      return answer(context, first, warnings, replayed);
    }
  }
}

/** An account may have been set up at another node just now: accounts are read again before one is missed. */
async function readOrderSurely(
  context: RegisterContext,
  call: RegisterCall,
  registrar: Registrar,
  warnings: Warning[],
): Promise<NewOrder> {
  const said: Warning[] = [];
  try {
    const order = await readOrder(context, call, registrar, said);
    warnings.push(...said);
    return order;
  } catch (error) {
    const mayBeThere = error instanceof Problem && error.code === 'payment_method_is_not_configured';
    if (!mayBeThere) throw error;
    await context.methods.refreshOf(call.caller.publisher.publisherId);
    return await readOrder(context, call, registrar, warnings);
  }
}

async function readOrder(
  context: RegisterContext,
  call: RegisterCall,
  registrar: Registrar,
  warnings: Warning[],
): Promise<NewOrder> {
  const client = call.caller;
  const catalogue = await context.catalogue.of(client.publisher.publisherId);
  const { credentialHash, paymentResults: paymentResultKey } = context.secrets;
  const now = context.clock.now();
  const accounts = context.methods;
  const reader = { client, catalogue, credentialHash, paymentResultKey, accounts, now, warnings };
  return readNewOrder(reader, await registrar.readBody());
}

/** Accepted as at the original; but whoever registers it should hear now that it cannot be paid. */
function warningsOfMethod({ methods }: RegisterContext, order: NewOrder): Warning[] {
  const { client, paymentMethod, merchantId, currency, amountMinor } = order;
  if (!paymentMethod || owesNothing(order) || amountMinor === 0) return [];
  const { publisherId } = client.publisher;
  const asked = { publisherId, paymentMethod, merchantId, currency, hasMobile: false };
  if (methods.wayToPay(asked) !== 'other currency') return [];
  const message = `paymentMethod ${paymentMethod} cannot be paid in ${currency}`;
  return [{ field: 'paymentMethod', rule: 'currency_differs', message }];
}

const replayed = { 'idempotency-replayed': 'true' };

function answer(
  context: RegisterContext,
  order: { orderId: OrderId; expiresAt: Date },
  warnings: readonly Warning[],
  headers: Record<string, string> = {},
): Answer {
  const { publicUrl } = context.settings;
  return {
    headers,
    body: {
      orderId: order.orderId,
      orderStatus: 'preliminary',
      state: 'registered',
      fulfillmentUrl: fulfillmentUrl(publicUrl, context.secrets.orderAddress, order.orderId),
      expiresAt: epochMilliseconds(order.expiresAt),
      warnings,
    },
  };
}

function unknownUser(): Problem {
  const message = 'no user with this uniqueUserId exists';
  return new Problem('user_is_unknown', {
    detail: message,
    fields: [{ field: 'uniqueUserId', rule: 'user_is_unknown', message }],
  });
}
