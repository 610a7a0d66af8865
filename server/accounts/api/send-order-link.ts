import { Type } from 'typebox';
import type { Secrets } from '../../config/secrets.ts';
import { runKeyed } from '../../database/run-keyed.ts';
import type { Database } from '../../database/transaction.ts';
import type { AddressGuard } from '../../kit/address-guard.ts';
import { endpoint } from '../../kit/http/endpoint.ts';
import { narrowing } from '../../kit/http/field-sorts.ts';
import { orderId } from '../../kit/ids.ts';
import { collectRefusals } from '../../kit/refusals.ts';
import type { ClientCall } from '../../publishers/publisher.ts';
import { readCompletionOptions } from '../../publishers/read-completion-options.ts';
import { type LinkRequest, sendOrderLink as send } from '../send-order-link.ts';
import { linkOptions, linkReply } from './link-options.ts';

type Context = { secrets: Secrets; database: Database; addressGuard: AddressGuard };

const Body = narrowing(linkOptions);
const Params = narrowing({ orderId: Type.Integer({ minimum: 1 }) });

type SendCall = ClientCall<Type.Static<typeof Body>, Type.Static<typeof Params>>;

export const sendOrderLink = endpoint({
  operationId: 'sendOrderLink',
  summary: 'Send the reader of an order another login link',
  description:
    'Also after the order was tied to a user. It counts towards ceilings of its own, and says where it ' +
    'went, or why not. Without returnUrl and errorUrl those of the last link are kept.',
  body: Body,
  params: Params,
  reply: Type.Object({ orderId: Type.Integer(), ...linkReply }),
  changes: true,
  examples: { params: { orderId: 100_000 }, body: {} },
  async handle(context: Context, call: SendCall) {
    const request = await readRequest(context, call);
    return runKeyed(context.database, call, `sendOrderLink ${request.orderId}`, async (transaction) => {
      const outcome = await send(context, transaction, request);
      return { status: 200, body: { orderId: request.orderId, ...outcome, warnings: call.warnings } };
    });
  },
});

async function readRequest(context: Context, call: SendCall): Promise<LinkRequest> {
  const { caller: client, body } = call;
  const refusals = collectRefusals(call.warnings);
  const { credentialHash } = context.secrets;
  const { addressGuard } = context;
  const options = await readCompletionOptions({ client, credentialHash, addressGuard, refusals }, body);
  refusals.throwIfAny();
  return { client, orderId: orderId(call.params.orderId), options };
}
