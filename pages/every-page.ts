import { renderAgreementCodePage } from './agreement-code-page.tsx';
import { type AgreementState, renderAgreementPage } from './agreement-page.tsx';
import { renderCheckoutPage } from './checkout-page.tsx';
import { renderCodePage } from './code-page.tsx';
import { exampleCheckouts } from './example-checkouts.ts';
import { exampleLogins } from './example-logins.ts';
import { amountIn, type OutsideText, wordsIn } from './example-values.ts';
import { exampleWithdrawals } from './example-withdrawals.ts';
import { renderHomePage } from './home-page.tsx';
import { renderLandingPage } from './landing-page.tsx';
import { renderLeaveFramePage } from './leave-frame-page.tsx';
import { renderLinkPage } from './link-page.tsx';
import { renderLinkSentPage } from './link-sent-page.tsx';
import { renderLinkSpentPage } from './link-spent-page.tsx';
import { renderLogOutPage } from './log-out-page.tsx';
import { renderOrderClosedPage } from './order-closed-page.tsx';
import { renderOrderUnknownPage } from './order-unknown-page.tsx';
import type { CodeState } from './parts/code-notice.ts';
import type { Seller } from './parts/seller-foot.tsx';
import { renderPaymentCodePage } from './payment-code-page.tsx';
import { renderPaymentDonePage } from './payment-done-page.tsx';
import { renderPaymentLeavingPage } from './payment-leaving-page.tsx';
import { renderPaymentMethodRefusedPage } from './payment-method-refused-page.tsx';
import { renderPaymentSnippetPage } from './payment-snippet-page.tsx';
import { renderPaymentStoppedPage } from './payment-stopped-page.tsx';
import { renderPaymentWaitingPage } from './payment-waiting-page.tsx';
import { renderProblemPage } from './problem-page.tsx';

export const exampleText: OutsideText = {
  language: 'nb',
  publisherName: 'Haredalens Tidende',
  purchase: 'Haredalen Pluss – ett år',
  destination: 'ola.nordmann@example.com',
  nonce: 'nonce-1',
  url: 'https://haredalens-tidende.example/konto?artikkel=1&sted=2',
  requestId: 'req-8f14e45f',
};

/** Every page in every state, named by the file it lives in: for tests and for looking at them. */
export const everyPage: readonly { file: string; state: string; render: (text: OutsideText) => string }[] = [
  page('link-page', '', (text) =>
    renderLinkPage({ ...text, action: '/l/AAAAAAAAAAAAAAAAAAAAAA', giveUpUrl: text.url }),
  ),
  page('link-page', 'cookies blocked', (text) =>
    renderLinkPage({ ...text, action: '/l/AAAAAAAAAAAAAAAAAAAAAA', codePageUrl: '/user/code' }),
  ),
  ...(['used', 'expired'] as const).map((reason) =>
    page('link-spent-page', reason, (text) =>
      renderLinkSpentPage({ ...text, reason, action: '/l/AAAAAAAAAAAAAAAAAAAAAA/new', giveUpUrl: text.url }),
    ),
  ),
  page('link-sent-page', '', (text) => renderLinkSentPage({ ...text, codePageUrl: '/user/code' })),
  codePage({ kind: 'ready' }),
  codePage({ kind: 'sent' }),
  codePage({ kind: 'no-cookies' }),
  codePage({ kind: 'wrong', triesLeft: 1 }),
  codePage({ kind: 'expired' }),
  codePage({ kind: 'too-many' }),
  page('home-page', '', (text) => renderHomePage({ ...text, homeUrl: text.url })),
  page('home-page', 'of several', ({ language }) => renderHomePage({ language })),
  page('landing-page', '', (text) =>
    renderLandingPage({
      ...text,
      timeZone: 'Europe/Oslo',
      purchases: [
        { name: text.purchase, accessUntil: new Date('2031-05-17T10:00:00Z') },
        { name: text.purchase },
      ],
      homeUrl: text.url,
      logOutEverywhere: { action: text.url, nonce: text.nonce },
    }),
  ),
  agreementPage('active'),
  agreementPage('ending'),
  agreementPage('ended'),
  agreementPage('waiting'),
  agreementPage('never'),
  agreementCodePage({ kind: 'ready' }),
  agreementCodePage({ kind: 'sent' }),
  agreementCodePage({ kind: 'wrong', triesLeft: 2 }),
  agreementCodePage({ kind: 'too-many' }),
  page('agreement-code-page', 'nobody', (text) =>
    renderAgreementCodePage({
      ...text,
      destination: undefined,
      action: text.url,
      sendAction: text.url,
      state: { kind: 'ready' },
    }),
  ),
  page('log-out-page', 'ask', (text) =>
    renderLogOutPage({ ...text, ask: { action: text.url, nonce: text.nonce }, returnUrl: text.url }),
  ),
  page('log-out-page', 'done', (text) => renderLogOutPage({ ...text, returnUrl: text.url })),
  page('payment-waiting-page', '', (text) =>
    renderPaymentWaitingPage({ ...text, refresh: { seconds: 2, url: text.url }, returnUrl: text.url }),
  ),
  page('payment-waiting-page', 'slow', (text) => renderPaymentWaitingPage({ ...text, returnUrl: text.url })),
  page('payment-done-page', '', (text) => renderPaymentDonePage({ ...text, returnUrl: text.url })),
  ...(['cancelled', 'declined', 'expired', 'failed'] as const).map((reason) =>
    page('payment-stopped-page', reason, (text) => {
      const tryAgain = reason === 'declined' ? { action: text.url, nonce: text.nonce } : undefined;
      return renderPaymentStoppedPage({ ...text, reason, tryAgain, returnUrl: text.url });
    }),
  ),
  ...(['by phone', 'other', 'not-configured'] as const).map((reason) =>
    page('payment-method-refused-page', reason, (text) =>
      renderPaymentMethodRefusedPage({ ...text, reason, returnUrl: text.url }),
    ),
  ),
  ...exampleCheckouts.map(({ state, modelOf }) =>
    page('checkout-page', state, (text) => renderCheckoutPage({ ...text, ...modelOf(text) })),
  ),
  ...exampleLogins.map(({ file, state, render }) => page(file, state, render)),
  ...exampleWithdrawals.map(({ file, state, render }) => page(file, state, render)),
  ...([undefined, 'not a code', 'new code', { triesLeft: 2 }] as const).map((notice) =>
    page('payment-code-page', typeof notice === 'object' ? 'wrong code' : (notice ?? ''), (text) =>
      renderPaymentCodePage({
        ...text,
        notice,
        amount: amountIn(text, 24_800),
        destination: wordsIn(text, '+4790000001'),
        action: text.url,
        giveUpAction: text.url,
        chooseUrl: notice === undefined ? text.url : undefined,
      }),
    ),
  ),
  page('payment-leaving-page', '', (text) => renderPaymentLeavingPage({ ...text, method: 'Coins' })),
  page('payment-snippet-page', '', (text) =>
    renderPaymentSnippetPage({
      ...text,
      amount: amountIn(text, 24_800),
      document: '<p>…</p>',
      returnUrl: text.url,
    }),
  ),
  page('payment-snippet-page', 'give up', (text) => {
    const giveUp = { action: text.url, nonce: text.nonce };
    const loader = 'https://frames.example/user/assets/frame/loader';
    const document = `<p>${text.purchase}</p>`;
    return renderPaymentSnippetPage({ ...text, amount: amountIn(text, 24_800), document, loader, giveUp });
  }),
  ...(['elsewhere', 'not here', 'no way back', 'way back refused'] as const).map((reason) =>
    page('order-closed-page', reason, (text) =>
      renderOrderClosedPage({ ...text, reason, returnUrl: text.url }),
    ),
  ),
  page('leave-frame-page', '', renderLeaveFramePage),
  page('order-unknown-page', '', (text) => renderOrderUnknownPage({ ...text, returnUrl: text.url })),
  ...[400, 403, 404, 409, 429, 500, 503].map((status) =>
    page('problem-page', `${status}`, (text) =>
      renderProblemPage({ ...text, status, returnUrl: text.url, canReload: true }),
    ),
  ),
  page('problem-page', 'a misspelt parameter', (text) =>
    renderProblemPage({
      ...text,
      status: 400,
      misspelt: { given: wordsIn(text, 'returnurl'), meant: 'returnUrl' },
    }),
  ),
];

function page(file: string, state: string, render: (text: OutsideText & { seller: Seller }) => string) {
  return { file, state, render: (text: OutsideText) => render({ ...text, seller: sellerOf(text) }) };
}

function sellerOf(text: OutsideText): Seller {
  return {
    legalName: text.publisherName,
    organisationNumber: wordsIn(text, '923609016'),
    address: wordsIn(text, 'Storgata 1, 2480 Haredalen'),
    contactEmail: wordsIn(text, 'kontakt@haredalens-tidende.example'),
    contactPhone: wordsIn(text, '+47 90 00 00 01'),
    termsUrl: text.url,
    privacyUrl: text.url,
    logoUrl: text.url,
    colour: '#ffd400',
    withdrawUrl: text.url,
  };
}

function codePage(state: CodeState) {
  return page('code-page', state.kind, (text) =>
    renderCodePage({
      ...text,
      action: '/user/code',
      sendNewAction: '/user/code/new',
      credential: text.destination,
      state,
      homeUrl: text.url,
    }),
  );
}

function agreementPage(state: AgreementState) {
  return page('agreement-page', state, (text) =>
    renderAgreementPage({
      ...text,
      prices: [
        {
          product: text.purchase,
          price: amountIn(text, 149_000),
          period: { unit: 'year', count: 1 },
          first:
            state === 'active'
              ? { price: amountIn(text, 9900), period: { unit: 'week', count: 2 } }
              : undefined,
        },
      ],
      state,
      paidUntil: { at: new Date('2031-05-17T10:00:00Z'), timeZone: 'Europe/Oslo' },
      stop: state === 'active' ? { action: text.url, nonce: text.nonce } : undefined,
      homeUrl: text.url,
    }),
  );
}

function agreementCodePage(state: CodeState) {
  return page('agreement-code-page', state.kind, (text) =>
    renderAgreementCodePage({ ...text, action: text.url, sendAction: text.url, state }),
  );
}
