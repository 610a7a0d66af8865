import type { Static } from 'typebox';
import type { Secrets } from '../../config/secrets.ts';
import { runKeyed } from '../../database/run-keyed.ts';
import type { Database } from '../../database/transaction.ts';
import { endpoint } from '../../kit/http/endpoint.ts';
import { narrowing } from '../../kit/http/field-sorts.ts';
import { collectRefusals } from '../../kit/refusals.ts';
import type { UserCall } from '../../publishers/publisher.ts';
import { changeOwnCustomer as change } from '../change-own-customer.ts';
import { customerFields } from '../customer-body.ts';
import { readCustomer } from '../read-customer.ts';
import { CustomerChanged, changedAnswer, exampleCustomer } from './customer-answers.ts';

const Body = narrowing(customerFields);
type Context = { database: Database; secrets: Pick<Secrets, 'credentialHash'> };
type ChangeCall = UserCall<Static<typeof Body>>;

const ours = 'The original’s path is not known: this one is ours.';
const howItChanges =
  'Replaces everything: what is left out is nothing from then on. A reader who was no customer becomes ' +
  'one. Only the categories stay as the publisher gave them; others than there are are refused.';
const whoseNumber =
  'Their number is that of their own orders where nobody else has any under it, else a new one, and the ' +
  'number of their orders from then on. Contacts that are said here log nobody in.';

export const changeOwnCustomer = endpoint({
  operationId: 'changeOwnCustomer',
  summary: 'A reader changes who they are as a customer',
  description: `${howItChanges} ${whoseNumber}`,
  body: Body,
  reply: CustomerChanged,
  changes: true,
  examples: { body: exampleCustomer },
  handle: (context: Context, call: ChangeCall) => answer(context, call, 'changeOwnCustomer'),
});

export const registerOwnCustomer = endpoint({
  operationId: 'registerOwnCustomer',
  summary: 'A reader becomes a customer',
  description: `As changing the info, for a reader who is none yet. ${whoseNumber} ${ours}`,
  body: Body,
  reply: CustomerChanged,
  changes: true,
  examples: { body: exampleCustomer },
  handle: (context: Context, call: ChangeCall) => answer(context, call, 'registerOwnCustomer'),
});

function answer({ database, secrets }: Context, call: ChangeCall, operation: string) {
  const { publisher, user } = call.caller;
  const { credentialHash } = secrets;
  const refusals = collectRefusals(call.warnings);
  const customer = readCustomer({ publisher, credentialHash, refusals }, call.body);
  refusals.throwIfAny();
  const { publisherId } = publisher;
  const { accountId } = user;
  return runKeyed(database, call, `${operation} ${accountId}`, async (transaction) =>
    changedAnswer(await change(transaction, { publisherId, accountId, customer }), call.warnings),
  );
}
