import { type Static, Type } from 'typebox';
import type { Secrets } from '../../config/secrets.ts';
import type { Queryable } from '../../database/statement.ts';
import { endpoint } from '../../kit/http/endpoint.ts';
import { narrowing } from '../../kit/http/field-sorts.ts';
import type { ClientCall } from '../../publishers/publisher.ts';
import { customerReply } from '../customer-body.ts';
import { findPerson, type Whom } from '../find-person.ts';
import { findPersonalData } from '../find-personal-data.ts';
import { CustomerParams, showDetails } from './customer-answers.ts';
import {
  howPeopleAreFound,
  LeftReply,
  tellLeft,
  UserParams,
  whomByNumber,
  whomByUser,
  whomFields,
} from './whom.ts';

const rows = (description: string) => Type.Array(Type.Record(Type.String(), Type.Unknown()), { description });

const Body = narrowing(whomFields);
type Body = Static<typeof Body>;
type Context = { database: Queryable; secrets: Pick<Secrets, 'credentialHash'> };

const ExportReply = Type.Object({
  customers: Type.Array(Type.Object({ customerNumber: Type.Integer(), ...customerReply }), {
    description: 'who they are registered as',
  }),
  addresses: rows('those that were, that are, and that will be'),
  externalReferences: rows('what other systems call the person'),
  consents: rows('all that was said about consents'),
  accounts: rows('what the person logs in by'),
  sessions: rows('browsers that are logged in, or were'),
  orders: rows('what they paid for, with lines, and themselves as they were registered'),
  received: rows('lines of orders of others that name them as the receiver'),
  invoices: rows('numbers and sums'),
  subscriptions: rows('what was subscribed to'),
  access: rows('what the person may read, and could'),
  withdrawals: rows('statements of withdrawal'),
  messages: rows('what was sent to the person'),
  loginLinks: rows('links that were made for the person'),
  acts: rows('what was done by hand about the customer'),
  ordersLeft: LeftReply,
});

const whatItTells =
  'For a person who asks what is known of them: everything that erasing would forget, what stays of their ' +
  'orders, and nothing of anybody else. Times are RFC 3339, sums are in minor units. Secrets are left out.';

export const exportCustomer = endpoint({
  operationId: 'exportCustomer',
  summary: 'Export all that is known of a person by their customer number',
  description: `${whatItTells} ${howPeopleAreFound}`,
  params: CustomerParams,
  body: Body,
  reply: ExportReply,
  examples: { params: { customerNumber: 1_000_000 }, body: {} },
  handle(context: Context, call: ClientCall<Body, CustomerParams>) {
    return tellPerson(context, whomByNumber(askedBy(context, call), call.params.customerNumber));
  },
});

export const exportUser = endpoint({
  operationId: 'exportUser',
  summary: 'Export all that is known of a person by their user',
  description: `For who has no customer number, or shares one. ${whatItTells} ${howPeopleAreFound}`,
  params: UserParams,
  body: Body,
  reply: ExportReply,
  examples: { params: { uniqueUserId: '0123456789abcdef0123456789abcdef' }, body: {} },
  handle(context: Context, call: ClientCall<Body, UserParams>) {
    return tellPerson(context, whomByUser(askedBy(context, call), call.params.uniqueUserId));
  },
});

function askedBy({ secrets }: Context, { caller, body }: Pick<ClientCall<Body>, 'caller' | 'body'>) {
  const { credentialHash } = secrets;
  return { publisher: caller.publisher, credentialHash, credentials: body.credentials };
}

async function tellPerson({ database }: Context, whom: Whom) {
  const { person, left } = await findPerson(database, whom);
  const { customers, ...data } = await findPersonalData(database, whom.publisherId, person);
  return {
    body: {
      customers: customers.map(({ customerNumber, details }) => ({
        customerNumber,
        ...showDetails(details),
      })),
      ...data,
      ordersLeft: tellLeft(left),
    },
  };
}
