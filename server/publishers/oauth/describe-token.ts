import type { FastifySchema } from 'fastify';

/** What OpenAPI says of the token endpoint. */
export function describeToken(): FastifySchema {
  return {
    operationId: 'get-token',
    summary: 'Get an access token',
    description:
      'OAuth 2.0 client credentials (RFC 6749, 4.4). The client authenticates by HTTP Basic or by ' +
      'fields of the form. The token lasts 12 hours, in the strict profile 1 hour.',
    tags: ['oauth'],
    security: [{ clientSecret: [] }],
    consumes: ['application/x-www-form-urlencoded', 'application/json'],
    body: {
      type: 'object',
      required: ['grant_type'],
      examples: [
        {
          grant_type: 'client_credentials',
          client_id: 'no.leveret.demo',
          client_secret: 'leveret-demo-secret',
        },
      ],
      properties: {
        grant_type: { type: 'string', enum: ['client_credentials'] },
        client_id: { type: 'string' },
        client_secret: { type: 'string' },
        scope: {
          type: 'string',
          description:
            'Scopes apart by spaces; all that the client has where it is left out or empty (RFC 6749, 3.2 ' +
            "and 3.3), or is `read`, which the original's clients send. Others are refused with " +
            '`invalid_scope`, and spaces alone with `invalid_request`.',
        },
      },
    },
    response: {
      200: {
        description: 'A token',
        type: 'object',
        required: ['access_token', 'token_type', 'expires_in'],
        properties: {
          access_token: { type: 'string' },
          token_type: { type: 'string', enum: ['Bearer'] },
          expires_in: { type: 'integer', description: 'Seconds' },
          scope: { type: 'string' },
        },
      },
      '4xx': {
        description: 'A refusal (RFC 6749, 5.2)',
        type: 'object',
        required: ['error'],
        properties: { error: { type: 'string' }, error_description: { type: 'string' } },
      },
    },
  };
}
