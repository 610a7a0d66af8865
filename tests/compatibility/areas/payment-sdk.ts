import type { Area, Row } from '../row.ts';

const ours = 'the functions of the original are not documented; ours are `init`, `pay` and `result`';

function script(name: string, original: string, path: string, note = ours): Row {
  const proof: Row['proof'] = [{ as: 'visitor', path, answer: { shows: 'window.mediaconnectpay' } }];
  return { name, original, from: ['sdk'], state: 'differs', note, proof };
}

const redirects = {
  state: 'differs',
  note: 'by the functions of our script; the result holds the `paymentInfo…` object, signed',
} as const;
const notYet = {
  state: 'later',
  note: 'the buyer comes back with `method_cannot_recur` or `method_must_recur`',
  meanwhile: { leadsTo: '{returnUrl}#leveretpay=' },
} as const;

/** A payment that a page begins, with what the script sends. */
function paying(method: string, recurring: boolean): Row {
  return {
    name: `\`${method}\`, ${recurring ? 'recurring' : 'once'}, by redirect`,
    original: 'the payment SDK',
    from: ['sdk'],
    ...(recurring ? notYet : redirects),
    proof: [
      {
        as: 'visitor',
        method: 'POST',
        path: '/capi/mcpay/start',
        form: {
          clientId: '{clientId}',
          returnUrl: '{returnUrl}',
          paymentMethod: method,
          amount: '149.00',
          currency: 'NOK',
          recurring: String(recurring),
          state: 'a-state',
        },
        answer: { leadsTo: '{sandbox}' },
      },
    ],
  };
}

export const paymentSdk: Area = {
  title: 'Payment SDK',
  about: 'A script that takes the payment before the order is registered.',
  rows: [
    script(
      'The script, newest of 1.x.y',
      '[cdn]/lib/v/1/mediaconnectpay.js',
      '/mcpay/lib/v/1/mediaconnectpay.js',
    ),
    script(
      'The script, newest of 1.0.y',
      '[cdn]/lib/v/1.0/mediaconnectpay.js',
      '/mcpay/lib/v/1.0/mediaconnectpay.js',
    ),
    script(
      'The script, newest of 1.1.y',
      '[cdn]/lib/v/1.1/mediaconnectpay.js',
      '/mcpay/lib/v/1.1/mediaconnectpay.js',
    ),
    script(
      'The script in an exact version',
      '[cdn]/lib/public/{major.minor.patch}/mediaconnectpay.js',
      '/mcpay/lib/public/1.1.0/mediaconnectpay.js',
      'any 1.0.y and 1.1.y is answered by our one script, which is the newest',
    ),
    script(
      'The script in development',
      '[cdn]/lib/beta/mediaconnectpay.js',
      '/mcpay/lib/beta/mediaconnectpay.js',
      'our one script, which is the newest',
    ),
    paying('creditcardPayex', false),
    paying('creditcardPayex', true),
    paying('vippsRecurring', true),
    paying('vippsEcommerce', false),
    {
      name: 'Seamless: the card is typed on the publisher’s page',
      original: 'the payment SDK',
      from: ['sdk'],
      state: 'later',
      note: 'the buyer goes to the provider and back',
      proof: [
        {
          as: 'visitor',
          method: 'POST',
          path: '/capi/mcpay/seamless',
          form: { clientId: '{clientId}', paymentMethod: 'creditcardPayex', amount: '149.00' },
          answer: { fields: 'object' },
        },
      ],
    },
  ],
};
