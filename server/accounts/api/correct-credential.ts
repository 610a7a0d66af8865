import { Type } from 'typebox';
import type { Secrets } from '../../config/secrets.ts';
import { runKeyed } from '../../database/run-keyed.ts';
import type { Database } from '../../database/transaction.ts';
import type { AddressGuard } from '../../kit/address-guard.ts';
import { endpoint } from '../../kit/http/endpoint.ts';
import { narrowing } from '../../kit/http/field-sorts.ts';
import { orderId } from '../../kit/ids.ts';
import { collectRefusals } from '../../kit/refusals.ts';
import { findPayerCountry } from '../../orders/find-payer-country.ts';
import type { ClientCall } from '../../publishers/publisher.ts';
import { readCompletionOptions } from '../../publishers/read-completion-options.ts';
import { type CorrectionRequest, correctCredential as correct } from '../correct-credential.ts';
import { linkOptions, linkReply } from './link-options.ts';

type Context = { secrets: Secrets; database: Database; addressGuard: AddressGuard };

const Body = narrowing({ credential: Type.String({ minLength: 1, maxLength: 255 }), ...linkOptions });
const Params = narrowing({ orderId: Type.Integer({ minimum: 1 }) });

type CorrectCall = ClientCall<Type.Static<typeof Body>, Type.Static<typeof Params>>;

/** The order is not completed: its link goes out when it is. */
const notYet = { isSent: false, channel: null, destination: null, reason: 'order_is_not_completed' };

export const correctCredential = endpoint({
  operationId: 'correctCredential',
  summary: 'Correct the address that an order and its login link were meant for',
  description:
    'Ends the links to other addresses, moves access that nobody has proven, and sends a link where the ' +
    'order is completed. Refused where a reader has proven the address, or the access is another reader’s.',
  body: Body,
  params: Params,
  reply: Type.Object({ orderId: Type.Integer(), endedLinks: Type.Integer(), ...linkReply }),
  changes: true,
  examples: { params: { orderId: 100_000 }, body: { credential: 'kari.nordmann@example.com' } },
  async handle(context: Context, call: CorrectCall) {
    const request = await readRequest(context, call);
    return runKeyed(context.database, call, `correctCredential ${request.orderId}`, async (transaction) => {
      const { endedLinks, link = notYet } = await correct(context, transaction, request);
      const { warnings } = call;
      return { status: 200, body: { orderId: request.orderId, endedLinks, ...link, warnings } };
    });
  },
});

async function readRequest(context: Context, call: CorrectCall): Promise<CorrectionRequest> {
  const { caller: client, body } = call;
  const refusals = collectRefusals(call.warnings);
  const { credentialHash } = context.secrets;
  const { addressGuard } = context;
  const order = call.params.orderId;
  const { publisherId } = client.publisher;
  const payerCountry = await findPayerCountry(context.database, publisherId, order, body.credential);
  const reader = { client, credentialHash, addressGuard, refusals, payerCountry };
  const { credential, ...options } = await readCompletionOptions(reader, body);
  refusals.throwIfAny();
  if (!credential) throw new Error('a credential passed that was not read');
  return { client, orderId: orderId(order), credential, options };
}
