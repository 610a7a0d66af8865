import { type Static, Type } from 'typebox';
import type { Secrets } from '../../config/secrets.ts';
import type { Queryable } from '../../database/statement.ts';
import { credentialKey, parseEmail } from '../../kit/credential.ts';
import { readCursor, writeCursor } from '../../kit/cursor.ts';
import { endpoint } from '../../kit/http/endpoint.ts';
import { narrowing } from '../../kit/http/field-sorts.ts';
import { parsePhone } from '../../kit/phone-number.ts';
import { fieldProblem } from '../../kit/problem.ts';
import type { ClientCall } from '../../publishers/publisher.ts';
import { findCustomers } from '../find-customer.ts';
import { findCustomerNumbers } from '../find-customer-numbers.ts';
import { CustomerReply, showFound } from './customer-answers.ts';
import { ReferenceFields, readReference } from './reference-fields.ts';

const Body = narrowing({
  customerNumber: Type.Optional(Type.Integer({ minimum: 1 })),
  email: Type.Optional(Type.String({ minLength: 1, maxLength: 255 })),
  phoneNumber: Type.Optional(Type.String({ minLength: 1, maxLength: 60 })),
  uniqueUserId: Type.Optional(Type.String({ minLength: 1, maxLength: 64 })),
  externalReference: Type.Optional(narrowing(ReferenceFields)),
  cursor: Type.Optional(Type.String({ minLength: 1, maxLength: 100 })),
  limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 100 })),
});

type Search = ClientCall<Static<typeof Body>>;

export const searchCustomers = endpoint({
  operationId: 'searchCustomers',
  summary: 'Search customers',
  description:
    'Whom all that is said fits, the lowest number first. An e-mail address or phone number finds who has ' +
    'it now, who ordered by it, and who logs in by it. Something to look for is required. A guest has a ' +
    'number for each order, unless the order names one. The original’s path is not known: this one is ours.',
  body: Body,
  reply: Type.Object({
    customers: Type.Array(CustomerReply),
    nextCursor: Type.Union([Type.String(), Type.Null()]),
  }),
  examples: { body: { email: 'kari@example.com' } },
  async handle(context: { database: Queryable; secrets: Pick<Secrets, 'credentialHash'> }, call: Search) {
    const { publisherId } = call.caller.publisher;
    const { customerNumber, uniqueUserId, externalReference, cursor, limit = 20 } = call.body;
    const keys = readKeys(context.secrets.credentialHash, call);
    const isSaid = customerNumber !== undefined || uniqueUserId !== undefined || externalReference;
    if (keys.length === 0 && !isSaid) {
      throw fieldProblem('input_is_invalid', 'email', 'email, or something else to look for, is required');
    }
    const numbers = await findCustomerNumbers(context.database, {
      publisherId,
      customerNumber,
      keys,
      uniqueUserId: uniqueUserId?.toLowerCase(),
      reference: externalReference && readReference(externalReference),
      afterNumber: readCursor(cursor),
      limit: limit + 1,
    });
    const page = numbers.slice(0, limit);
    const last = page.at(-1);
    const customers = await findCustomers(context.database, publisherId, page);
    const nextCursor = numbers.length > limit && last !== undefined ? writeCursor(last) : null;
    return { body: { customers: customers.map(showFound), nextCursor } };
  },
});

function readKeys(credentialHash: Buffer, { caller, body }: Search): Buffer[] {
  const { publisherId, country } = caller.publisher;
  const keys: Buffer[] = [];
  if (body.email !== undefined) {
    const email = parseEmail(body.email);
    if (!email) throw fieldProblem('email_is_invalid', 'email', 'email is not an e-mail address');
    keys.push(credentialKey(credentialHash, publisherId, email));
  }
  if (body.phoneNumber !== undefined) {
    const number = parsePhone(body.phoneNumber, country)?.number;
    if (number === undefined) {
      const message = 'phoneNumber is not a valid phone number without extension';
      throw fieldProblem('phone_number_is_invalid', 'phoneNumber', message);
    }
    keys.push(
      credentialKey(credentialHash, publisherId, { kind: 'mobile', shown: number, compared: number }),
    );
  }
  return keys;
}
