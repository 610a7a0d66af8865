import { type Static, Type } from 'typebox';
import type { Queryable } from '../../database/statement.ts';
import { endpoint } from '../../kit/http/endpoint.ts';
import { narrowing } from '../../kit/http/field-sorts.ts';
import { customerNumber } from '../../kit/ids.ts';
import { Problem } from '../../kit/problem.ts';
import type { RateLimiter } from '../../kit/rate-limit.ts';
import type { ClientCall } from '../../publishers/publisher.ts';
import { currentHome } from '../address.ts';
import { findCustomer } from '../find-customer.ts';
import { findCustomerAddresses } from '../find-customer-addresses.ts';

const Body = narrowing({
  customerNumber: Type.Integer({ minimum: 1 }),
  lastName: Type.Optional(
    Type.String({ minLength: 1, maxLength: 120, description: 'or the name of the company' }),
  ),
  postalCode: Type.Optional(Type.String({ minLength: 1, maxLength: 10 })),
});

// A site asks for a reader who types; more goes through the numbers. Holds for every client.
const limit = { perSecond: 10, perMinute: 120 };

export const checkCustomerNumber = endpoint({
  operationId: 'checkCustomerNumber',
  summary: 'Tell whether there is a customer with a number',
  description:
    'With lastName or postalCode only where they are the customer’s, however they are spaced and cased. ' +
    'Limited to 120 calls a minute. The original’s path is not known: this one is ours.',
  body: Body,
  reply: Type.Object({ exists: Type.Boolean() }),
  examples: { body: { customerNumber: 1_000_000, lastName: 'Nordmann' } },
  async handle(
    context: { database: Queryable; rateLimiter: RateLimiter },
    call: ClientCall<Static<typeof Body>>,
  ) {
    const { clientId, publisher } = call.caller;
    const rate = context.rateLimiter.take(`customer number check ${clientId}`, limit);
    if (!rate.allowed) {
      throw new Problem('rate_limit_exceeded', { retryAfterSeconds: rate.retryAfterSeconds });
    }
    const number = customerNumber(call.body.customerNumber);
    const key = { publisherId: publisher.publisherId, customerNumber: number };
    const customer = await findCustomer(context.database, key);
    const { lastName, postalCode } = call.body;
    const names = [customer?.details.name.lastName, customer?.details.name.companyName];
    const isNamed = lastName === undefined || names.some((name) => isAlike(name, lastName));
    const isThere =
      postalCode === undefined || isAlike(await postalCodeOf(context.database, key), postalCode);
    return { body: { exists: customer !== undefined && isNamed && isThere } };
  },
});

async function postalCodeOf(
  database: Queryable,
  key: Parameters<typeof findCustomerAddresses>[1],
): Promise<string | undefined> {
  const found = await findCustomerAddresses(database, key);
  const address = found && (currentHome(found.stored, found.now)?.address ?? found.ofOrder);
  return address?.postalCode ?? address?.postalAddressPostalCode;
}

function isAlike(known: string | undefined, said: string): boolean {
  return known !== undefined && plain(known) === plain(said);
}

const plain = (text: string) => text.normalize('NFC').toLowerCase().replace(/[\s-]/g, '');
