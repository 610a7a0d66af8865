import { Page } from './kit/page.tsx';

const places = [
  { href: '/phone', what: 'Phone', says: 'text messages and e-mails, with links that work' },
  {
    href: '/publisher/return?fulfillmentStatus=success',
    what: 'Return page',
    says: 'where buyers come back',
  },
  { href: '/publisher/error?error=link_expired', what: 'Error page', says: 'where buyers land otherwise' },
  { href: '/control/messages', what: 'Messages', says: 'everything that arrived, as JSON' },
  { href: '/control/callbacks?limit=50', what: 'Callbacks', says: 'what the publisher’s site got' },
  { href: '/control/payments', what: 'Payments', says: 'what may be approved or refused' },
  { href: '/control/ledger', what: 'Ledger', says: 'every charge, refund and message as booked' },
];

/** What the sandbox has, with links. */
export function HomePage(props: { smtpPort: number }): string | Promise<string> {
  return (
    <Page title="Home">
      <main class="sheet">
        <h1>Leveret sandbox</h1>
        <p>
          Imitated payment and message providers, a reader’s phone and a publisher’s site. Nothing here costs
          money or leaves this machine.
        </p>
        <ul class="people">
          {places.map((place) => (
            <li>
              <a href={place.href}>
                <strong safe>{place.what}</strong>
                <span class="last" safe>
                  {place.says}
                </span>
              </a>
            </li>
          ))}
        </ul>
        <h2>For programs</h2>
        <dl class="pairs">
          <dt>LINK Mobility</dt>
          <dd>
            <code>POST /link/sms/send</code>, <code>POST /link/sms/sendbatch</code>
          </dd>
          <dt>Kustom Checkout</dt>
          <dd>
            <code>/kustom/checkout/v3</code>, <code>/kustom/ordermanagement/v1</code>
          </dd>
          <dt>Swedbank Pay</dt>
          <dd>
            <code>/swedbankpay/psp/paymentorders</code>
          </dd>
          <dt>Vipps MobilePay</dt>
          <dd>
            <code>/vipps/epayment/v1</code>, <code>/vipps/recurring/v3</code>, <code>/vipps/webhooks/v1</code>
          </dd>
          <dt>Strex Connect</dt>
          <dd>
            <code>/strex/api/strex/transactions</code>
          </dd>
          <dt>Callbacks</dt>
          <dd>
            <code>/publisher/callback</code>
          </dd>
          <dt>SMTP</dt>
          <dd>
            <code>127.0.0.1:{props.smtpPort}</code>
          </dd>
        </dl>
      </main>
    </Page>
  );
}
