import type { Queryable } from '../../database/statement.ts';
import { endpoint } from '../../kit/http/endpoint.ts';
import { customerNumber } from '../../kit/ids.ts';
import { Problem } from '../../kit/problem.ts';
import type { UserCall } from '../../publishers/publisher.ts';
import { newestTexts, OwnConsentsReply, showConsents, showTexts } from '../consent-body.ts';
import { findConsentStatements, findConsentTexts } from '../consents-store.ts';
import { findOwnAddresses } from '../find-own-addresses.ts';

export const listOwnConsents = endpoint({
  operationId: 'listOwnConsents',
  summary: 'List what a reader has agreed to, with the words that hold now',
  description: 'The original’s path is not known: this one is ours.',
  reply: OwnConsentsReply,
  async handle(context: { database: Queryable }, { caller }: UserCall) {
    const { publisherId } = caller.publisher;
    const own = await findOwnAddresses(context.database, publisherId, caller.user.accountId);
    if (!own) throw new Problem('not_found');
    const number = own.customerNumber === undefined ? undefined : customerNumber(own.customerNumber);
    const key = number && { publisherId, customerNumber: number };
    const statements = key ? await findConsentStatements(context.database, key) : [];
    const texts = newestTexts(await findConsentTexts(context.database, publisherId));
    return { body: { ...showConsents(number, statements), texts: showTexts(texts) } };
  },
});
