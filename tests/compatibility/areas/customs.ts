import type { Area, Step } from '../row.ts';
import { exactly } from '../shape.ts';

const status: Step = {
  as: 'client',
  path: '/capi/v1/client/order/status/{orderId}',
  answer: { fields: { orders: [{ orderId: 'integer' }] } },
};

const inTheSameWay = (path: string): Step => ({
  as: 'visitor',
  method: 'POST',
  path,
  headers: { authorization: '{basic}' },
  form: { grant_type: 'client_credentials' },
  answer: { fields: { access_token: 'text' } },
});

export const customs: Area = {
  title: 'Addresses, headers, limits, errors',
  rows: [
    {
      name: 'API server',
      original: 'host and `/capi`, with the version in the path',
      from: ['reference'],
      state: 'same',
      proof: [status],
    },
    {
      name: 'Login server',
      original: '`/user` at the hosts for logging in, `/login` at the test host',
      from: ['oauth', 'php', 'node'],
      state: 'same',
      proof: [inTheSameWay('/user/oauth/token'), inTheSameWay('/login/oauth/token')],
    },
    {
      name: '`X-Mediaconnect-Api-Version`',
      original: 'a header of replies',
      from: ['portal'],
      state: 'differs',
      note: 'its value is `v1`, the version of the path: values of the original are not known',
      proof: [{ ...status, answer: { headers: { 'x-mediaconnect-api-version': /^v1$/ } } }],
    },
    {
      name: '`X-RateLimit-Remaining`, `X-RateLimit-Reset`',
      original: 'headers of replies',
      from: ['portal'],
      state: 'same',
      proof: [
        {
          ...status,
          answer: { headers: { 'x-ratelimit-remaining': /^\d+$/, 'x-ratelimit-reset': /^\d+$/ } },
        },
      ],
    },
    {
      name: 'Limits of a client',
      original: '100 calls a second, 2,000 a minute, then 429',
      from: ['portal'],
      state: 'same',
      note: 'a setting of the client; this is where it begins',
      proof: [
        {
          as: 'new client',
          path: '/capi/v1/client/product',
          answer: { headers: { 'x-ratelimit-remaining': /^1999$/ } },
        },
        { as: 'limited client', path: '/capi/v1/client/product', answer: { fields: { products: 'list' } } },
        {
          as: 'limited client',
          path: '/capi/v1/client/product',
          answer: { status: 429, fields: { exceptionType: 'text', errorMessage: 'text' } },
        },
      ],
    },
    {
      name: 'Errors',
      original: '400 with `exceptionType` and `errorMessage`',
      from: ['php'],
      state: 'differs',
      note: 'which exceptions the original has is not known; each here also has a `code` and its `fields`',
      proof: [
        {
          as: 'client',
          method: 'POST',
          path: '/capi/v1/client/order',
          body: {},
          answer: { status: 400, fields: { exceptionType: 'text', errorMessage: 'text' } },
        },
      ],
    },
    {
      name: 'OAuth errors: `invalid_grant`',
      original: '4xx with `error` and `error_description`',
      from: ['php'],
      state: 'same',
      proof: [
        {
          as: 'visitor',
          method: 'POST',
          path: '/user/oauth/token',
          headers: { authorization: '{basic}' },
          form: { grant_type: 'authorization_code', code: 'none', redirect_uri: '{returnUrl}' },
          answer: { status: 400, fields: { error: exactly('invalid_grant'), error_description: 'text' } },
        },
      ],
    },
    {
      name: 'OAuth errors: `invalid_token`',
      original: '401 with `error` and `error_description`',
      from: ['php'],
      state: 'same',
      proof: [
        {
          ...status,
          as: 'visitor',
          headers: { authorization: 'Bearer none' },
          answer: { status: 401, fields: { error: exactly('invalid_token'), error_description: 'text' } },
        },
      ],
    },
    {
      name: 'JSON',
      original: '`Accept: application/json`',
      from: ['sites', 'ruby', 'node'],
      state: 'same',
      proof: [{ ...status, headers: { accept: 'application/json' } }],
    },
    {
      name: 'Money',
      original: 'decimal major units with two decimals',
      from: ['reference'],
      state: 'same',
      proof: [{ ...status, answer: { fields: { orders: [{ orderAmount: 'number' }] } } }],
    },
    {
      name: 'A client with its logo and background picture',
      original: 'set up by support',
      from: ['reference'],
      state: 'differs',
      note: 'by `npx leveret client create`; the publisher has `logoUrl` and `colour`, no picture',
      proof: [{ as: 'client', path: '/capi/v1/client/publisher', answer: { fields: { logoUrl: 'text?' } } }],
    },
  ],
};
