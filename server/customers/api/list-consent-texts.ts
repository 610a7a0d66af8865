import type { Queryable } from '../../database/statement.ts';
import { endpoint } from '../../kit/http/endpoint.ts';
import type { ClientCall } from '../../publishers/publisher.ts';
import { ConsentTextsReply, showTexts } from '../consent-body.ts';
import { findConsentTexts } from '../consents-store.ts';

export const listConsentTexts = endpoint({
  operationId: 'listConsentTexts',
  summary: 'List the words of consents, in all their versions',
  description: 'The original’s path is not known: this one is ours.',
  reply: ConsentTextsReply,
  async handle(context: { database: Queryable }, { caller }: ClientCall) {
    const texts = await findConsentTexts(context.database, caller.publisher.publisherId);
    return { body: { texts: showTexts(texts) } };
  },
});
