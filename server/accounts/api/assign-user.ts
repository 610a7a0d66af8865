import { Type } from 'typebox';
import type { Secrets } from '../../config/secrets.ts';
import { runKeyed } from '../../database/run-keyed.ts';
import type { Database, Transaction } from '../../database/transaction.ts';
import type { AddressGuard } from '../../kit/address-guard.ts';
import { actReason } from '../../kit/http/act-reason.ts';
import { type Answer, endpoint } from '../../kit/http/endpoint.ts';
import { narrowing } from '../../kit/http/field-sorts.ts';
import type { Warning } from '../../kit/http/read-input.ts';
import { orderId } from '../../kit/ids.ts';
import { fieldProblem } from '../../kit/problem.ts';
import { collectRefusals } from '../../kit/refusals.ts';
import { isLinkUnsent } from '../../messages/find-unsent-link.ts';
import { findPayerCountry } from '../../orders/find-payer-country.ts';
import type { PublisherDirectory } from '../../publishers/find-publisher.ts';
import type { Client, ClientCall } from '../../publishers/publisher.ts';
import { readCompletionOptions, warnOfSmsCountry } from '../../publishers/read-completion-options.ts';
import { type AssignRequest, assignUser as assign } from '../assign-user.ts';

type Context = {
  secrets: Secrets;
  database: Database;
  publishers: Pick<PublisherDirectory, 'findClient'>;
  addressGuard: AddressGuard;
};

const Body = narrowing({
  credential: Type.String({ minLength: 1, maxLength: 255 }),
  isSendMessage: Type.Optional(Type.Boolean()),
  returnUrl: Type.Optional(Type.String({ minLength: 1, maxLength: 2000 })),
  errorUrl: Type.Optional(Type.String({ minLength: 1, maxLength: 2000 })),
  linkLifetime: Type.Optional(Type.Integer()),
  overrideClientId: Type.Optional(Type.String({ minLength: 1, maxLength: 255 })),
  reason: actReason,
});
const Params = narrowing({ orderId: Type.Integer({ minimum: 1 }) });

type AssignCall = ClientCall<Type.Static<typeof Body>, Type.Static<typeof Params>>;

export const assignUser = endpoint({
  operationId: 'assignUser',
  summary: 'Tie an order to the user of a credential',
  description:
    'Finds or makes the account of the e-mail address or mobile. With isSendMessage a login link follows.',
  body: Body,
  params: Params,
  reply: Type.Object({
    orderId: Type.Integer(),
    uniqueUserId: Type.String(),
    isNewUser: Type.Boolean(),
    isPasswordSet: Type.Boolean(),
    warnings: Type.Array(Type.Object({ field: Type.String(), rule: Type.String(), message: Type.String() })),
  }),
  changes: true,
  examples: { params: { orderId: 100_000 }, body: { credential: 'kari@example.com', isSendMessage: false } },
  async handle(context: Context, call: AssignCall): Promise<Answer> {
    const request = await readRequest(context, call);
    return runKeyed(context.database, call, `assignUser ${request.orderId}`, async (transaction) => {
      const { isSentLately, ...user } = await assign(context, transaction, request);
      const unsent = isSentLately ? [sentLately] : await warnOfCeiling(transaction, request, call.warnings);
      const warnings = [...call.warnings, ...unsent];
      return { status: 200, body: { orderId: request.orderId, ...user, warnings } };
    });
  },
});

const sentLately: Warning = {
  field: 'isSendMessage',
  rule: 'link_sent_lately',
  message:
    'a link went to the credential within the last ten minutes and is not repeated; ' +
    'POST /capi/v1/client/order/{orderId}/link sends another',
};

/** Nothing is said to be sent that is not: the timeline tells by which ceiling. */
async function warnOfCeiling(
  transaction: Transaction,
  { message, client, orderId: id, credential }: AssignRequest,
  said: readonly Warning[],
): Promise<Warning[]> {
  if (!message || said.some((warning) => warning.rule === 'sms_country_not_allowed')) return [];
  const about = { publisherId: client.publisher.publisherId, orderId: id, credentialKey: credential.key };
  if (!(await isLinkUnsent(transaction, about))) return [];
  return [
    {
      field: 'isSendMessage',
      rule: 'message_ceiling_reached',
      message: 'nothing is sent to the credential: a ceiling for messages is reached, see the timeline',
    },
  ];
}

async function readRequest(context: Context, call: AssignCall): Promise<AssignRequest> {
  const { caller: client, body } = call;
  const linkClient = await findLinkClient(context, client, body.overrideClientId);
  const refusals = collectRefusals(call.warnings);
  const { credentialHash } = context.secrets;
  const { returnAddresses } = linkClient;
  const { addressGuard } = context;
  const { publisherId } = client.publisher;
  const order = call.params.orderId;
  const payerCountry = await findPayerCountry(context.database, publisherId, order, body.credential);
  const reader = { client, credentialHash, addressGuard, refusals, returnAddresses, payerCountry };
  const options = await readCompletionOptions(reader, body);
  if (body.isSendMessage === true) warnOfSmsCountry(reader, options.credential);
  refusals.throwIfAny();
  if (!options.credential) throw new Error('a credential passed that was not read');
  const { returnUrl, errorUrl, linkLifetimeSeconds } = options;
  const lifetimeSeconds = linkLifetimeSeconds ?? client.publisher.settings.linkLifetimeHours * 3600;
  return {
    client,
    orderId: orderId(call.params.orderId),
    linkClientId: linkClient.clientId,
    credential: options.credential,
    message: body.isSendMessage === true ? { returnUrl, errorUrl, lifetimeSeconds } : undefined,
  };
}

/** A publisher's client may send readers to another one's site; somebody else's client is an unknown one. */
async function findLinkClient(
  context: Context,
  caller: Client,
  overrideClientId: string | undefined,
): Promise<Client> {
  if (overrideClientId === undefined) return caller;
  const other = await context.publishers.findClient(overrideClientId);
  if (other?.publisher.publisherId === caller.publisher.publisherId) return other;
  throw fieldProblem(
    'client_is_unknown',
    'overrideClientId',
    'overrideClientId is no client of the publisher',
  );
}
