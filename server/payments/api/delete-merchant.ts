import { Type } from 'typebox';
import type { Database } from '../../database/transaction.ts';
import { endpoint } from '../../kit/http/endpoint.ts';
import { Problem } from '../../kit/problem.ts';
import type { SealingKeys } from '../../kit/seal.ts';
import type { ClientCall } from '../../publishers/publisher.ts';
import { deleteMerchant as remove } from '../merchants/delete-merchant.ts';
import type { MethodDirectory } from '../merchants/find-method.ts';
import { MerchantParams, readMerchantPath } from './merchant-path.ts';

export const deleteMerchant = endpoint({
  operationId: 'deleteMerchant',
  summary: 'Forget an account of a payment method',
  description:
    'Refused while payments of it are open, a capture, release or refund is under way, or money is ' +
    'reserved that could not be taken then.',
  params: MerchantParams,
  reply: Type.Object({ merchantId: Type.String() }),
  examples: { params: { adapter: 'vipps-epayment', merchantId: 'web' } },
  async handle(
    context: { database: Database; secrets: { sealing: SealingKeys }; methods: MethodDirectory },
    call: ClientCall<undefined, MerchantParams>,
  ) {
    const { key } = readMerchantPath(call.caller.publisher.publisherId, call.params);
    const outcome = await remove(context, key);
    if (outcome === 'unknown') throw new Problem('not_found');
    if (outcome === 'in use') throw new Problem('merchant_is_in_use');
    await context.methods.refresh();
    return { body: { merchantId: call.params.merchantId } };
  },
});
