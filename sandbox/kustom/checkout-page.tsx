import { Page } from '../kit/page.tsx';
import type { KustomOrder } from './order.ts';

const choices = [
  { choice: 'approve', says: 'Approve', hint: 'accepted at once, unless the address says otherwise' },
  { choice: 'deny', says: 'Refuse', hint: 'denied; the buyer may try again' },
  { choice: 'pend-accept', says: 'Approve, with a review that accepts', hint: 'decided after 5 minutes' },
  { choice: 'pend-reject', says: 'Approve, with a review that rejects', hint: 'decided after 5 minutes' },
  { choice: 'leave', says: 'Walk away', hint: 'the session stays open' },
] as const;

export type BuyerChoice = (typeof choices)[number]['choice'];
export const buyerChoices: readonly string[] = choices.map(({ choice }) => choice);

/** What stands in the frame of a checkout: what is bought, and what the buyer may do. */
export function CheckoutPage(props: { order: KustomOrder; notice?: string | undefined }): Html {
  const { order } = props;
  const { order_amount: amountMinor, purchase_currency: currency, order_lines: lines } = order.purchase;
  return (
    <Page title="Kustom Checkout">
      <main class="sheet">
        <p class="quiet">Kustom Checkout, imitated</p>
        <h1 safe>{price(amountMinor, currency)}</h1>
        {props.notice === undefined ? '' : <p safe>{props.notice}</p>}
        <dl class="pairs">
          <dt>Shop</dt>
          <dd safe>{shopOf(order)}</dd>
          {lines.map((line) => (
            <>
              <dt safe>{line.name}</dt>
              <dd safe>{price(line.total_amount, currency)}</dd>
            </>
          ))}
        </dl>
        <h2>Pay</h2>
        <form class="choose" method="post" action={`/pay/kustom/${order.id}`}>
          <p>
            <label>
              E-mail <input type="email" name="email" value={order.email} />
            </label>
          </p>
          {choices.map(({ choice, says, hint }) => (
            <p>
              <button type="submit" name="choice" value={choice}>
                {says}
              </button>{' '}
              <span class="quiet">{hint}</span>
            </p>
          ))}
        </form>
      </main>
    </Page>
  );
}

/** The end of the buyer's visit; with an address, the page around the frame is sent there. */
export function LeavingPage(props: { text: string; to: string | undefined }): Html {
  return (
    <Page title="Kustom Checkout">
      <main class="sheet">
        <h1 safe>{props.text}</h1>
        {props.to === undefined ? (
          ''
        ) : (
          <p>
            <a id="leave" href={props.to.replaceAll('&', '&amp;')} target="_top" rel="noreferrer">
              Continue to the shop
            </a>
            <script src="/kustom/leave.js"></script>
          </p>
        )}
      </main>
    </Page>
  );
}

type Html = string | Promise<string>;

function price(amountMinor: number, currency: string): string {
  return `${(amountMinor / 100).toFixed(2)} ${currency.toUpperCase()}`;
}

function shopOf(order: KustomOrder): string {
  const address = order.session?.request.merchant_urls.checkout;
  return (address === undefined ? undefined : URL.parse(address)?.host) ?? 'a shop';
}
