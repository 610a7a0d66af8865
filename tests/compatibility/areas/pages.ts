import type { Area, Row, Step } from '../row.ts';

const wayBack = 'clientId={clientId}&returnUrl={returnUrl}&errorUrl={errorUrl}';
const asForm = 'name="credential"';
const codeFirst = 'a one-time code comes first for old and new readers alike: there are no passwords yet';

function loginPage(name: string, page: string, from: Row['from']): Row {
  return {
    name,
    original: `loginServer /${page}`,
    from,
    state: 'differs',
    note: codeFirst,
    proof: [
      {
        as: 'visitor',
        path: `/user/${page}?${wayBack}&credential={email}&assumeNewUser=true`,
        answer: { shows: asForm },
      },
      { as: 'browser', path: `/user/${page}?${wayBack}`, answer: { leadsTo: '{returnUrl}' } },
      { as: 'visitor', path: `/login/${page}?${wayBack}`, answer: { shows: asForm } },
      { as: 'visitor', path: `/${page}?${wayBack}`, answer: { shows: asForm } },
    ],
  };
}

const ordered: Step = {
  as: 'client',
  method: 'POST',
  path: '/capi/v1/client/order',
  body: {
    paymentMethod: 'creditcardPayex',
    payer: { lastName: 'Nordmann', emails: ['{email}'] },
    orderLines: [{ productSpecType: 'product', product: 'GUIDE' }],
  },
  answer: { fields: { orderId: 'integer' } },
  keeps: ['orderId'],
};

const byNumber =
  'with a bare order id only where the client’s setting `bareIdOpens` is on, as it is in the sandbox; the ' +
  'address that registering answers always works';

/** As a browser goes there from the page of a site. */
const sent = { 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'navigate', 'sec-fetch-dest': 'document' };

function fulfillmentPage(name: string, page: string, from: Row['from']): Row {
  return {
    name,
    original: `loginServer /${page}`,
    from,
    state: 'differs',
    note: byNumber,
    proof: ['/user', '/login', ''].flatMap((prefix): Step[] => [
      ordered,
      {
        as: 'visitor',
        path: `${prefix}/${page}?orderId={orderId}&${wayBack}`,
        headers: sent,
        answer: { leadsTo: '{sandbox}' },
      },
    ]),
  };
}

export const pages: Area = {
  title: 'Pages that a browser is sent to',
  about:
    'Each stands below `/user`, below `/login` and below nothing, where clients of three ages look for it.',
  rows: [
    loginPage('createUserUrl', 'createUser', ['urls']),
    loginPage('loginUrl', 'login', ['urls']),
    loginPage('Registration', 'register', ['node']),
    {
      name: '`credentialSubmit`',
      original: 'loginServer /createUser',
      from: ['urls'],
      state: 'differs',
      note: 'only where the browser says that it came from a page of a listed origin; else by a button',
      proof: [
        {
          as: 'visitor',
          path: `/user/createUser?${wayBack}&credential=ny@example.com&credentialSubmit=true`,
          headers: { referer: '{returnUrl}' },
          answer: { shows: 'submit-form.js' },
        },
      ],
    },
    {
      name: 'loginCheckUrl as a script',
      original: 'loginServer /loginCheck',
      from: ['urls'],
      state: 'differs',
      note: 'what the script of the original does is not known; ours sets `window.leveretLogin`, and says so',
      proof: [
        {
          as: 'visitor',
          path: '/user/loginCheck?clientId={clientId}',
          headers: { referer: '{returnUrl}' },
          answer: { shows: 'window.leveretLogin' },
        },
      ],
    },
    {
      name: 'loginCheckUrl as a redirect',
      original: 'loginServer /loginCheck',
      from: ['urls'],
      state: 'differs',
      note: 'its parameters beside `clientId` are not known from the original',
      proof: [
        { as: 'browser', path: `/user/loginCheck?${wayBack}`, answer: { leadsTo: '{returnUrl}' } },
        { as: 'visitor', path: `/user/loginCheck?${wayBack}`, answer: { leadsTo: '{errorUrl}' } },
        { as: 'visitor', path: `/login/loginCheck?${wayBack}`, answer: { leadsTo: '{errorUrl}' } },
      ],
    },
    {
      name: 'Logout',
      original: 'loginServer /logout',
      from: ['sites', 'node'],
      state: 'differs',
      note: 'the reader presses a button first, so that no other site can log them out',
      proof: [
        { as: 'browser', path: `/user/logout?${wayBack}`, answer: { shows: '<button' } },
        { as: 'visitor', path: `/user/logout?${wayBack}`, answer: { leadsTo: '{returnUrl}' } },
        { as: 'visitor', path: `/login/logout?${wayBack}`, answer: { leadsTo: '{returnUrl}' } },
      ],
    },
    fulfillmentPage('Fulfillment URL', 'fulfillment', ['byUrl', 'php']),
    fulfillmentPage('The older name of the fulfillment URL', 'order', ['php']),
    {
      name: 'The way back from the fulfillment URL',
      original: '`fulfillmentStatus`: `success`, `cancel`, `error`, `unknown`',
      from: ['byUrl'],
      state: 'differs',
      note: 'the same words; but after `cancel` and `error` the buyer may try again while the order lives',
      proof: [
        {
          ...ordered,
          body: { ...(ordered.body as object), paymentMethod: 'free' },
          keeps: ['fulfillmentUrl'],
        },
        {
          as: 'visitor',
          path: '{fulfillmentUrl}?returnUrl={returnUrl}',
          headers: sent,
          answer: { leadsTo: '{returnUrl}?fulfillmentStatus=success' },
        },
        { ...ordered, keeps: ['orderId', 'fulfillmentUrl'] },
        {
          as: 'client',
          method: 'POST',
          path: '/capi/v1/client/order/{orderId}/cancel',
          body: {},
          answer: { fields: { orderId: 'integer' } },
        },
        {
          as: 'visitor',
          path: '{fulfillmentUrl}?returnUrl={returnUrl}',
          headers: sent,
          answer: { leadsTo: '{returnUrl}?fulfillmentStatus=cancel' },
        },
      ],
    },
    {
      name: 'Remember me',
      original: 'loginServer /createUser: a box, and a cookie for each client',
      from: ['urls'],
      state: 'differs',
      note: 'no box: every login lasts 180 days in its browser, for all clients of the publisher',
      proof: [{ as: 'browser', path: `/user/createUser?${wayBack}`, answer: { leadsTo: '{returnUrl}' } }],
    },
    {
      name: 'Login link in a message',
      original: 'Assign user with `isSendMessage`',
      from: ['reference'],
      state: 'differs',
      note: 'the link opens a page with a button, since mail programs open links by themselves',
      proof: [
        { ...ordered, body: { ...(ordered.body as object), paymentMethod: 'free' } },
        {
          as: 'client',
          method: 'POST',
          path: '/capi/v1/client/order/{orderId}/user',
          body: { credential: 'lenke@example.com', isSendMessage: true, returnUrl: '{returnUrl}' },
          answer: { fields: { isNewUser: 'boolean' } },
        },
        {
          as: 'visitor',
          path: '{sandbox}/control/messages?to=lenke@example.com',
          answer: { fields: { messages: [{ to: 'text', text: 'text' }] } },
          eventually: true,
        },
      ],
    },
  ],
};
