import type { Area, Step } from '../row.ts';
import { exactly } from '../shape.ts';

const site = 'client_id={clientId}&redirect_uri={returnUrl}';
const authorize = `/user/oauth/authorize?${site}&response_type=code&scope=read&state=s1`;

const authorizing: Step = {
  as: 'browser',
  path: authorize,
  answer: { leadsTo: '{returnUrl}', with: ['code', 'state'] },
  keeps: ['code'],
};

const twelveHours = 43_200;
const tokens = {
  access_token: 'text',
  refresh_token: 'text',
  expires_in: exactly(twelveHours),
} as const;

const swapping: Step = {
  as: 'visitor',
  method: 'POST',
  path: '/user/oauth/token',
  headers: { authorization: '{basic}' },
  form: { grant_type: 'authorization_code', code: '{code}', redirect_uri: '{returnUrl}' },
  answer: { fields: tokens },
  keeps: ['refresh_token'],
};

const ofClient = { access_token: 'text', expires_in: exactly(twelveHours) } as const;

export const oauth: Area = {
  title: 'OAuth 2.0',
  rows: [
    {
      name: 'Authorize',
      original: 'GET loginServer /oauth/authorize',
      from: ['oauth', 'sites'],
      state: 'same',
      proof: [authorizing],
    },
    {
      name: 'Authorize: nobody is logged in',
      original: 'shows the pages of loginUrl',
      from: ['oauth'],
      state: 'same',
      proof: [
        { as: 'visitor', path: authorize, answer: { leadsTo: '{url}/user/login', with: ['clientId'] } },
      ],
    },
    {
      name: 'Grant `authorization_code`',
      original: 'POST loginServer /oauth/token',
      from: ['oauth', 'node', 'php'],
      state: 'same',
      proof: [authorizing, swapping],
    },
    {
      name: 'Grant `client_credentials`, by Basic',
      original: 'POST loginServer /oauth/token',
      from: ['oauth'],
      state: 'same',
      proof: [
        {
          as: 'visitor',
          method: 'POST',
          path: '/user/oauth/token',
          headers: { authorization: '{basic}' },
          form: { grant_type: 'client_credentials' },
          answer: { fields: ofClient },
        },
      ],
    },
    {
      name: 'Grant `client_credentials`, by form fields',
      original: 'POST loginServer /oauth/token',
      from: ['sites', 'node'],
      state: 'same',
      proof: [
        {
          as: 'visitor',
          method: 'POST',
          path: '/user/oauth/token',
          form: { grant_type: 'client_credentials', client_id: '{clientId}', client_secret: '{secret}' },
          answer: { fields: ofClient },
        },
      ],
    },
    {
      name: 'Grant `refresh_token`',
      original: 'POST loginServer /oauth/token',
      from: ['oauth', 'php'],
      state: 'same',
      note: 'for 30 days, as at the original',
      proof: [
        authorizing,
        swapping,
        {
          as: 'visitor',
          method: 'POST',
          path: '/user/oauth/token',
          headers: { authorization: '{basic}' },
          form: { grant_type: 'refresh_token', refresh_token: '{refresh_token}' },
          answer: { fields: tokens },
        },
      ],
    },
    {
      name: 'Grant of an external identity',
      original: '`https://connectid.no/oauth2/grant_type/extid_code`',
      from: ['extid'],
      state: 'later',
      proof: [
        {
          as: 'visitor',
          method: 'POST',
          path: '/user/oauth/token',
          headers: { authorization: '{basic}' },
          form: { grant_type: 'https://connectid.no/oauth2/grant_type/extid_code', code: 'code' },
          answer: { fields: tokens },
        },
      ],
    },
  ],
};
