import { Type } from 'typebox';
import type { Secrets } from '../../config/secrets.ts';
import type { Settings } from '../../config/settings.ts';
import type { Database } from '../../database/transaction.ts';
import { endpoint } from '../../kit/http/endpoint.ts';
import type { ClientCall } from '../../publishers/publisher.ts';
import { listAdapters } from '../merchants/find-method.ts';
import { listMerchantsOf } from '../merchants/merchants-store.ts';
import { Method, showMethod } from '../merchants/show-method.ts';

type Context = {
  database: Database;
  secrets: Pick<Secrets, 'sealing'>;
  settings: Pick<Settings, 'mode' | 'publicUrl' | 'providerAddresses'>;
};

export const listPaymentMethods = endpoint({
  operationId: 'listPaymentMethods',
  summary: 'List the payment methods that are built, their settings, and the accounts that are set up',
  description: 'What a method can do follows from what its adapter can. Secrets are never shown.',
  reply: Type.Object({ methods: Type.Array(Method) }),
  async handle(context: Context, call: ClientCall) {
    const rows = await listMerchantsOf(context.database, call.caller.publisher.publisherId);
    return { body: { methods: listAdapters().map((method) => showMethod(context, method, rows)) } };
  },
});
