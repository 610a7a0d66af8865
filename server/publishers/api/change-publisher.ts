import { Type } from 'typebox';
import type { Database } from '../../database/transaction.ts';
import { endpoint } from '../../kit/http/endpoint.ts';
import { fieldProblem, Problem } from '../../kit/problem.ts';
import { schemaOf } from '../../kit/setting.ts';
import type { PublisherDirectory } from '../find-publisher.ts';
import type { ClientCall } from '../publisher.ts';
import { publisherProfile, publisherSettings } from '../publisher-settings.ts';
import { changePublisherSettings } from '../save-settings.ts';
import { showPublisher } from '../show-settings.ts';
import { PublisherReply } from './show-publisher.ts';

// Read as it is sent: the declarations of the settings say what each may be, and null means its default.
const Body = Type.Unsafe<object>({
  type: 'object',
  properties: { ...schemaOf(publisherProfile), ...schemaOf(publisherSettings) },
  keepsAnything: true,
  'x-unknown': 'refused',
});

export const changePublisher = endpoint({
  operationId: 'changePublisher',
  summary: 'Change settings of the publisher',
  description:
    'Changes what is named and leaves the rest as it is; null gives a setting its default again. All or ' +
    'nothing: an unknown name or a broken rule is 400, names every such field, and changes nothing. Takes ' +
    'effect on all nodes within five seconds.',
  body: Body,
  reply: PublisherReply,
  examples: {
    body: { termsUrl: 'https://avis.example/terms', lateMoney: 'give back', linkLifetimeHours: null },
  },
  async handle(
    context: { database: Database; publishers: PublisherDirectory },
    call: ClientCall<Type.Static<typeof Body>>,
  ) {
    const { publisherId } = call.caller.publisher;
    if (typeof call.body !== 'object' || call.body === null || Array.isArray(call.body)) {
      throw fieldProblem('input_is_invalid', 'body', 'body must be an object');
    }
    await changePublisherSettings(context.database, publisherId, call.body);
    await context.publishers.refresh();
    const publisher = await context.publishers.findPublisher(publisherId);
    if (!publisher) throw new Problem('not_found');
    return { body: showPublisher(publisher) };
  },
});
