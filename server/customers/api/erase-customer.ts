import { type Static, Type } from 'typebox';
import type { Secrets } from '../../config/secrets.ts';
import { runKeyed } from '../../database/run-keyed.ts';
import type { Database } from '../../database/transaction.ts';
import { actReason } from '../../kit/http/act-reason.ts';
import { endpoint } from '../../kit/http/endpoint.ts';
import { narrowing } from '../../kit/http/field-sorts.ts';
import type { ClientCall } from '../../publishers/publisher.ts';
import { eraseCustomer as erase } from '../erase-customer.ts';
import type { Whom } from '../find-person.ts';
import { CustomerParams } from './customer-answers.ts';
import {
  ErasedReply,
  erasing,
  howPeopleAreFound,
  tellErased,
  UserParams,
  whatErasingDoes,
  whomByNumber,
  whomByUser,
  whomFields,
} from './whom.ts';

const Body = narrowing({ ...whomFields, ...erasing, reason: actReason });
type Body = Static<typeof Body>;
type Context = { database: Database; secrets: Pick<Secrets, 'credentialHash'> };

export const eraseCustomer = endpoint({
  operationId: 'eraseCustomer',
  summary: 'Erase a person by their customer number',
  description: `${whatErasingDoes} ${howPeopleAreFound}`,
  params: CustomerParams,
  body: Body,
  reply: Type.Object({ customerNumber: Type.Integer(), ...ErasedReply }),
  changes: true,
  examples: { params: { customerNumber: 1_000_000 }, body: { reason: 'asked for it' } },
  handle(context: Context, call: ClientCall<Body, CustomerParams>) {
    const { customerNumber } = call.params;
    const whom = whomByNumber(askedBy(context, call), customerNumber);
    return eraseWhom(context, call, whom, `eraseCustomer ${customerNumber}`, { customerNumber });
  },
});

export const eraseUser = endpoint({
  operationId: 'eraseUser',
  summary: 'Erase a person by their user',
  description: `For who has no customer number, or shares one. ${whatErasingDoes} ${howPeopleAreFound}`,
  params: UserParams,
  body: Body,
  reply: Type.Object({ uniqueUserId: Type.String(), ...ErasedReply }),
  changes: true,
  examples: {
    params: { uniqueUserId: '0123456789abcdef0123456789abcdef' },
    body: { reason: 'asked for it' },
  },
  handle(context: Context, call: ClientCall<Body, UserParams>) {
    const uniqueUserId = call.params.uniqueUserId.toLowerCase();
    const whom = whomByUser(askedBy(context, call), uniqueUserId);
    return eraseWhom(context, call, whom, `eraseUser ${uniqueUserId}`, { uniqueUserId });
  },
});

function askedBy({ secrets }: Context, { caller, body }: Pick<ClientCall<Body>, 'caller' | 'body'>) {
  const { credentialHash } = secrets;
  return { publisher: caller.publisher, credentialHash, credentials: body.credentials };
}

function eraseWhom(
  { database }: Context,
  call: ClientCall<Body, object>,
  whom: Whom,
  operation: string,
  named: object,
) {
  const givesUpSubscriptions = call.body.giveUpSubscriptions === true;
  const { timeZone } = call.caller.publisher;
  return runKeyed(database, call, operation, async (transaction) => {
    const erased = await erase(transaction, whom, { givesUpSubscriptions, timeZone });
    return { status: 200, body: { ...named, ...tellErased(erased) } };
  });
}
