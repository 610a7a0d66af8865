import { Type } from 'typebox';
import { endpoint } from '../../kit/http/endpoint.ts';
import { schemaOf } from '../../kit/setting.ts';
import type { ClientCall } from '../publisher.ts';
import { publisherProfile, publisherSettings } from '../publisher-settings.ts';
import { showPublisher as show } from '../show-settings.ts';

const About = Type.Object({
  rule: Type.String({ description: 'what a value must be' }),
  default: Type.Unsafe<unknown>({}),
  help: Type.String(),
});

export const PublisherReply = Type.Unsafe<object>({
  type: 'object',
  properties: {
    publisherId: Type.Integer(),
    country: Type.String({ description: 'fixed when the publisher was made' }),
    currency: Type.String({ description: 'fixed when the publisher was made' }),
    ...schemaOf(publisherProfile),
    ...schemaOf(publisherSettings),
    about: Type.Unsafe({ type: 'object', additionalProperties: About, description: 'by setting' }),
  },
});

export const showPublisher = endpoint({
  operationId: 'showPublisher',
  summary: 'Show the publisher: its settings, and what each of them does',
  description: 'Every setting with its value, its rule, its default and what it does',
  reply: PublisherReply,
  handle: async (_context: unknown, call: ClientCall) => ({ body: show(call.caller.publisher) }),
});
