import { Type } from 'typebox';
import type { Secrets } from '../../config/secrets.ts';
import type { Settings } from '../../config/settings.ts';
import type { Database } from '../../database/transaction.ts';
import type { AddressGuard } from '../../kit/address-guard.ts';
import { endpoint } from '../../kit/http/endpoint.ts';
import { narrowing } from '../../kit/http/field-sorts.ts';
import { Problem } from '../../kit/problem.ts';
import type { ClientCall } from '../../publishers/publisher.ts';
import type { MethodDirectory } from '../merchants/find-method.ts';
import { findMerchant } from '../merchants/merchants-store.ts';
import type { BrokenSetting } from '../merchants/method-settings.ts';
import { readGivenSettings } from '../merchants/read-given-settings.ts';
import { saveMerchant as save } from '../merchants/save-method-settings.ts';
import { Merchant, secretMask, showMerchant } from '../merchants/show-method.ts';
import { MerchantParams, readMerchantPath } from './merchant-path.ts';

const Body = narrowing({
  settings: Type.Unsafe<unknown>({
    type: 'object',
    additionalProperties: { type: 'string' },
    keepsAnything: true,
    description: `by name; a secret that is left out, or sent as ${secretMask}, stays as it is`,
  }),
});

type Context = {
  database: Database;
  secrets: Pick<Secrets, 'sealing'>;
  settings: Pick<Settings, 'mode' | 'publicUrl' | 'providerAddresses'>;
  addressGuard: AddressGuard;
  methods: MethodDirectory;
  wakeWorker(): void;
};

export const saveMerchant = endpoint({
  operationId: 'saveMerchant',
  summary: 'Set up an account of a payment method, or change its settings',
  description:
    'Replaces all settings but secrets that are left out and those that Leveret makes. Where an address ' +
    'changes, secrets must be given again. `environment` (`test` or `live`) may stand in place of ' +
    '`baseUrl`. In live mode an address is one that the adapter or the operator lists. Takes effect on all ' +
    'nodes within seconds.',
  body: Body,
  params: MerchantParams,
  reply: Merchant,
  examples: {
    params: { adapter: 'vipps-epayment', merchantId: 'web' },
    body: {
      settings: {
        environment: 'test',
        clientId: 'your-client-id',
        clientSecret: 'your-client-secret',
        subscriptionKey: 'your-subscription-key',
        merchantSerialNumber: '123456',
      },
    },
  },
  async handle(context: Context, call: ClientCall<Type.Static<typeof Body>, MerchantParams>) {
    const { method, key } = readMerchantPath(call.caller.publisher.publisherId, call.params);
    const given = readGivenSettings(method, call.body.settings);
    if (given.kind === 'broken') throw refusal(given.faults);
    const faults = await save(context, { ...key, method }, given.settings);
    if (faults.length > 0) throw refusal(faults);
    await context.methods.refresh();
    context.wakeWorker();
    const row = await findMerchant(context.database, key);
    if (!row) throw new Problem('not_found');
    return { body: showMerchant(context, method, row) };
  },
});

function refusal(faults: readonly BrokenSetting[]): Problem {
  const detail = faults.map(({ text }) => text).join('; ');
  const fields = faults.map(({ setting, rule, text }) => ({
    field: `settings.${setting}`,
    rule,
    message: text,
  }));
  return new Problem('input_is_invalid', { detail, fields });
}
