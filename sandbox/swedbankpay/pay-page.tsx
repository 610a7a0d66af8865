import { readFileSync } from 'node:fs';
import { Page } from '../kit/page.tsx';
import { showAmount } from '../kit/show-amount.ts';
import { type CardName, testCards } from './magic-values.ts';
import type { PaymentOrder } from './payment-order.ts';
import { pagePath } from './show-order.ts';

const styles = readFileSync(new URL('../../swedbankpay/pay-page.css', import.meta.url), 'utf8');
const cardNames = Object.keys(testCards) as CardName[];
const refreshSeconds = 3;

/** What the buyer sees of an order at Swedbank Pay: a card form with test cards only, or Swish. */
export function PayPage(props: { order: PaymentOrder }): string | Promise<string> {
  const { order } = props;
  const isOpen = order.status === 'Initialized';
  const lastTry = order.failedAttempts.at(-1);
  return (
    <Page title="Swedbank Pay" {...(isOpen && order.inSwish && { refreshSeconds })}>
      <style>{styles}</style>
      <div class="pay">
        <header class={order.instrument === 'Swish' ? 'swish' : ''}>
          {order.instrument === 'Swish' ? 'Swedbank Pay · Swish' : 'Swedbank Pay · Card'}
        </header>
        <main>
          <p class="quiet" safe>
            {order.payeeName}
          </p>
          <p class="amount" safe>
            {showAmount(order.amount, order.currency)}
          </p>
          <p safe>{order.description}</p>
          {isOpen && lastTry && !order.inSwish && order.card === null ? (
            <p class="alert" safe>{`That did not work: ${lastTry.problem.detail}. You may try again.`}</p>
          ) : (
            ''
          )}
          {isOpen ? <Ways order={order} /> : <Ended order={order} />}
        </main>
        {isOpen ? (
          <footer>
            {order.inSwish ? '' : <Act order={order} act="cancel" look="plain" text="Cancel" />}
            <Act order={order} act="leave" look="plain" text="Walk away" />
          </footer>
        ) : (
          ''
        )}
      </div>
    </Page>
  );
}

function Ways(props: { order: PaymentOrder }): JSX.Element {
  const { order } = props;
  if (order.inSwish) return <InSwish order={order} mobile={order.inSwish.mobile} />;
  if (order.instrument === 'Swish') return <EnterSwish order={order} />;
  return order.card === null ? <ChooseCard order={order} /> : <ThreeDSecure order={order} />;
}

function ChooseCard(props: { order: PaymentOrder }): JSX.Element {
  return (
    <div class="ways">
      {cardNames.map((name) => (
        <Act
          order={props.order}
          act={`card-${name}`}
          text={`${testCards[name].name} ···· ${testCards[name].number.slice(-4)}`}
        />
      ))}
      <Act order={props.order} act="refuse" text="A card that is declined" />
      <p class="quiet">Test cards only: there is no field for a real one.</p>
    </div>
  );
}

function ThreeDSecure(props: { order: PaymentOrder }): JSX.Element {
  return (
    <div class="ways">
      <p>The card’s bank asks whether it is you (3-D Secure).</p>
      <Act order={props.order} act="approve" look="main" text="Approve" />
      <Act order={props.order} act="refuse" text="Refuse" />
    </div>
  );
}

function EnterSwish(props: { order: PaymentOrder }): JSX.Element {
  return (
    <form method="post" action={`${pagePath(props.order)}/swish`} class="ways">
      <label for="mobile">Mobile number with Swish</label>
      <input
        id="mobile"
        name="mobile"
        required
        pattern="\+[1-9][0-9]{6,14}"
        autocomplete="off"
        value={props.order.mobile === '' ? '+46739000001' : props.order.mobile}
      />
      <button type="submit" class="main">
        Pay with Swish
      </button>
    </form>
  );
}

function InSwish(props: { order: PaymentOrder; mobile: string }): JSX.Element {
  return (
    <div class="ways">
      <p>
        {'Open Swish on '}
        <a href={`/phone/${encodeURIComponent(props.mobile)}`} target="_blank" safe>
          {props.mobile}
        </a>
        . This page goes on by itself.
      </p>
      <Act order={props.order} act="approve" look="main" text="Approve in the app" />
      <Act order={props.order} act="refuse" text="Refuse in the app" />
    </div>
  );
}

function Ended(props: { order: PaymentOrder }): JSX.Element {
  return (
    <div class="ways">
      <p safe>{`This payment is over: ${props.order.status}.`}</p>
      <p>
        <a href={props.order.urls.cancelUrl.replaceAll('&', '&amp;')}>Back to the shop</a>
      </p>
    </div>
  );
}

function Act(props: { order: PaymentOrder; act: string; text: string; look?: string }): JSX.Element {
  return (
    <form method="post" action={`${pagePath(props.order)}/${props.act}`}>
      <button type="submit" class={props.look ?? ''} safe>
        {props.text}
      </button>
    </form>
  );
}
