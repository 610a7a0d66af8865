import { Type } from 'typebox';
import type { Secrets } from '../../config/secrets.ts';
import type { Database } from '../../database/transaction.ts';
import { endpoint } from '../../kit/http/endpoint.ts';
import type { SharedHttpClient } from '../../kit/http-client.ts';
import { Problem } from '../../kit/problem.ts';
import type { ClientCall } from '../../publishers/publisher.ts';
import { Fault } from '../merchants/show-method.ts';
import { tryMerchant as tryIt } from '../merchants/try-merchant.ts';
import { MerchantParams, readMerchantPath } from './merchant-path.ts';

export const tryMerchant = endpoint({
  operationId: 'tryMerchant',
  summary: 'Test the settings of an account at its provider',
  description: 'Asks the provider and moves no money. `ok` is null where the method has no such test.',
  params: MerchantParams,
  reply: Type.Object({
    ok: Type.Union([Type.Boolean(), Type.Null()]),
    faults: Type.Array(Fault),
    remarks: Type.Array(Type.String(), { description: 'what no test can tell' }),
    detail: Type.String(),
  }),
  examples: { params: { adapter: 'vipps-epayment', merchantId: 'default' } },
  async handle(
    context: { database: Database; provider: SharedHttpClient; secrets: Pick<Secrets, 'sealing'> },
    call: ClientCall<undefined, MerchantParams>,
  ) {
    const { key } = readMerchantPath(call.caller.publisher.publisherId, call.params);
    const tried = await tryIt(context, key);
    switch (tried.kind) {
      case 'unknown':
        throw new Problem('not_found');
      case 'no test':
        return {
          body: { ok: null, faults: [], remarks: [], detail: 'This method has no test of its settings.' },
        };
      case 'tried': {
        const faults = tried.faults.map(({ setting = null, text }) => ({ setting, text }));
        const ok = faults.length === 0;
        const detail = ok ? 'The provider takes these settings.' : 'The provider does not take them.';
        return { body: { ok, faults, remarks: tried.remarks, detail } };
      }
    }
  },
});
