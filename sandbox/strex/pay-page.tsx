import type { Charge } from '../kit/ledger.ts';
import { Page } from '../kit/page.tsx';

const states: Record<Charge['state'], string> = {
  unknown: 'Waiting for your answer.',
  charged: 'Paid. It stands on your next phone bill.',
  declined: 'Not paid.',
  reserved: 'Reserved.',
  released: 'Released.',
};

/** What a buyer decides who was asked by a message: the same as answering it. */
export function StrexPayPage(props: { charge: Charge }): string | Promise<string> {
  const { charge } = props;
  const action = `/pay/strex/${encodeURIComponent(charge.id)}`;
  return (
    <Page title="Pay by phone bill">
      <main class="sheet">
        <p class="quiet">Strex</p>
        <h1>Pay by phone bill</h1>
        <dl class="pairs">
          <dt>To</dt>
          <dd safe>{String(charge.details['merchant'])}</dd>
          <dt>For</dt>
          <dd safe>{charge.description}</dd>
          <dt>Amount</dt>
          <dd safe>{`NOK ${(charge.amountMinor / 100).toFixed(2)}`}</dd>
          <dt>Phone</dt>
          <dd safe>{charge.destination}</dd>
        </dl>
        <p role="status" safe>
          {states[charge.state]}
        </p>
        {charge.state === 'unknown' ? <Choices action={action} /> : ''}
      </main>
    </Page>
  );
}

function Choices(props: { action: string }): JSX.Element {
  return (
    <form method="post" class="choices">
      <button formaction={`${props.action}/approve`}>Reply OK</button>
      <button formaction={`${props.action}/refuse`}>Refuse</button>
      <button formaction={`${props.action}/abandon`}>Walk away</button>
    </form>
  );
}
