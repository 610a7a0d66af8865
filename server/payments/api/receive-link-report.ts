import { Type } from 'typebox';
import type { Database } from '../../database/transaction.ts';
import { endpoint } from '../../kit/http/endpoint.ts';
import type { ProviderCall } from '../../kit/http/provider-call.ts';
import { Problem } from '../../kit/problem.ts';
import type { MethodDirectory } from '../find-method.ts';
import { receiveNotice } from '../receive-notice.ts';

const Params = Type.Object({ gateToken: Type.String({ maxLength: 100 }) });
type Context = { database: Database; methods: MethodDirectory; secrets: { sealing: Buffer } };

export const receiveLinkReport = endpoint({
  operationId: 'receiveLinkReport',
  summary: 'Take a delivery report of a charge from LINK Mobility',
  params: Params,
  body: Type.Unsafe<unknown>({ keepsAnything: true }),
  reply: Type.Object({ received: Type.Boolean() }),
  async handle(context: Context, call: ProviderCall<unknown, Type.Static<typeof Params>>) {
    const { authorization } = call.caller;
    const notice = { authorization, body: call.body, raw: call.bodyText };
    const outcome = await receiveNotice(context, 'link-mobility-sms', call.params.gateToken, notice);
    switch (outcome) {
      case 'applied':
      case 'not ours':
        return { body: { received: true } };
      case 'wrong credentials':
        throw new Problem('token_is_invalid');
      case 'not understood':
        throw new Problem('input_is_invalid', { detail: 'the delivery report could not be understood' });
    }
  },
});
