import type { Received } from '../kit/inbox.ts';
import type { Charge } from '../kit/ledger.ts';
import { Page } from '../kit/page.tsx';
import { linkedText } from './linked-text.ts';

/**
 * What a phone shows: a message (with its place among all messages of this recipient) or a charge on the
 * bill.
 */
export type Item = { at: string; message: Received; index: number } | { at: string; charge: Charge };

const billStates = {
  charged: 'on the phone bill',
  reserved: 'reserved',
  released: 'released, nothing paid',
  declined: 'declined, nothing paid',
  unknown: 'not decided yet',
};

/**
 * One person's phone: text messages as bubbles, e-mails as cards, charges as lines; it looks again by itself.
 */
export function PhonePage(props: {
  recipient: string;
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
  const amount = `${(charge.amountMinor / 100).toFixed(2)} ${charge.currency}`;
  return (
    <p
      class={`charge ${charge.state}`}
      safe
    >{`${amount} · ${charge.description} · ${billStates[charge.state]}`}</p>
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
