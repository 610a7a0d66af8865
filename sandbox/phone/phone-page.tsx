import type { PhoneAsk } from '../control/payment-desk.ts';
import type { Received } from '../kit/inbox.ts';
import type { Charge } from '../kit/ledger.ts';
import { Page } from '../kit/page.tsx';
import { showAmount } from '../kit/show-amount.ts';
import { linkedText } from './linked-text.ts';

/**
 * What a phone shows: a message (with its place among all messages of this recipient) or a charge on the
 * bill.
 */
export type Item = { at: string; message: Received; index: number } | { at: string; charge: Charge };

const billStates = {
  charged: 'paid',
  reserved: 'reserved',
  released: 'released, nothing paid',
  declined: 'declined, nothing paid',
  unknown: 'not decided yet',
};

/**
 * One person's phone: what apps ask on top, then text messages as bubbles, e-mails as cards and charges as
 * lines; it looks again by itself.
 */
export function PhonePage(props: {
  recipient: string;
  asks: PhoneAsk[];
  items: Item[];
  refreshSeconds: number;
}): string | Promise<string> {
  return (
    <Page title={props.recipient} refreshSeconds={props.refreshSeconds}>
      <div class="phone">
        <header class="phone-bar">
          <a href="/phone" aria-label="All phones">
            ‹
          </a>
          <h1 safe>{props.recipient}</h1>
        </header>
        {props.asks.map((ask) => (
          <Ask ask={ask} recipient={props.recipient} />
        ))}
        {/* The newest stands first and the column runs upwards: the page opens at the newest message. */}
        <main class="thread">
          {props.items.length === 0 ? <p class="quiet">Nothing yet. This page looks again by itself.</p> : ''}
          {props.items.map((item) =>
            'charge' in item ? (
              <ChargeLine charge={item.charge} />
            ) : item.message.channel === 'sms' ? (
              <Bubble message={item.message} />
            ) : (
              <MailCard message={item.message} recipient={props.recipient} index={item.index} />
            ),
          )}
        </main>
      </div>
    </Page>
  );
}

function Ask(props: { ask: PhoneAsk; recipient: string }): JSX.Element {
  const { ask } = props;
  const path = `/phone/${encodeURIComponent(props.recipient)}/asks/${encodeURIComponent(ask.paymentId)}`;
  return (
    <article class="ask">
      <p class={`brand ${ask.app.toLowerCase()}`} safe>
        {ask.app.toLowerCase()}
      </p>
      <h2 safe>{showAmount(ask.amountMinor, ask.currency)}</h2>
      <p safe>{ask.text}</p>
      <div class="decide">
        <form method="post" action={`${path}/approve`}>
          <button type="submit" class="approve">
            Approve
          </button>
        </form>
        <form method="post" action={`${path}/refuse`}>
          <button type="submit" class="refuse">
            Refuse
          </button>
        </form>
      </div>
    </article>
  );
}

function Bubble(props: { message: Received }): JSX.Element {
  return (
    <article class="bubble">
      <p class="from" safe>
        {props.message.from}
      </p>
      <p class="text">
        <LinkedText text={props.message.text} />
      </p>
      <Time at={props.message.receivedAt} />
    </article>
  );
}

function MailCard(props: { message: Received; recipient: string; index: number }): JSX.Element {
  const { message } = props;
  return (
    <article class="mail">
      <p class="from" safe>
        {message.from}
      </p>
      <h2 safe>{message.subject || '(no subject)'}</h2>
      <p class="text">
        <LinkedText text={message.text} />
      </p>
      {message.html ? (
        <p>
          <a href={`/phone/${encodeURIComponent(props.recipient)}/mail/${props.index}`}>Open as designed</a>
        </p>
      ) : (
        ''
      )}
      <Time at={message.receivedAt} />
    </article>
  );
}

function ChargeLine(props: { charge: Charge }): JSX.Element {
  const { charge } = props;
  const amount = showAmount(charge.amountMinor, charge.currency);
  const isOnBill = charge.provider === 'link' && charge.state === 'charged';
  return (
    <p
      class={`charge ${charge.state}`}
      safe
    >{`${amount} · ${charge.description} · ${isOnBill ? 'on the phone bill' : billStates[charge.state]}`}</p>
  );
}

function LinkedText(props: { text: string }): JSX.Element {
  return (
    <>
      {linkedText(props.text).map((piece) =>
        piece.href === undefined ? (
          <span safe>{piece.text}</span>
        ) : (
          <a href={piece.href.replaceAll('&', '&amp;')} rel="noreferrer" safe>
            {piece.text}
          </a>
        ),
      )}
    </>
  );
}

function Time(props: { at: string }): JSX.Element {
  return (
    <time datetime={props.at} safe>
      {props.at.slice(0, 16).replace('T', ' ')}
    </time>
  );
}
