import { Page } from '../../kit/page.tsx';
import { showAmount } from '../../kit/show-amount.ts';

export type Landing = {
  path: string;
  /** The sales unit that asks. */
  merchant: string;
  amountMinor: number;
  currency: string;
  text: string;
  /** Digits only; whose app asks already. */
  mobile: string | undefined;
  /** Why the buyer is here again. */
  note: string | undefined;
};

const refreshSeconds = 3;

/**
 * Where a browser waits for the app: the buyer says whose phone is to ask, or decides here at once. It looks
 * again by itself while a phone asks, and goes on to the merchant when the phone has answered.
 */
export function LandingPage(props: { landing: Landing }): string | Promise<string> {
  const { landing } = props;
  const { mobile } = landing;
  return (
    <Page title="Vipps" {...(mobile === undefined ? {} : { refreshSeconds })}>
      <main class="sheet buyer">
        <p class="brand vipps">vipps</p>
        <h1 safe>{showAmount(landing.amountMinor, landing.currency)}</h1>
        <p>
          <strong safe>{landing.merchant}</strong>
          <br />
          <span class="quiet" safe>
            {landing.text}
          </span>
        </p>
        {landing.note === undefined ? (
          ''
        ) : (
          <p class="notice" safe>
            {landing.note}
          </p>
        )}
        <form method="post" action={`${landing.path}/phone`} class="choose">
          <label for="mobile">Mobile number</label>
          <div>
            <input
              id="mobile"
              name="mobile"
              required
              inputmode="tel"
              autocomplete="off"
              placeholder="+4790000001"
              value={mobile === undefined ? '' : `+${mobile}`}
            />
            <button type="submit">{mobile === undefined ? 'Ask on the phone' : 'Ask another phone'}</button>
          </div>
        </form>
        {mobile === undefined ? (
          ''
        ) : (
          <p>
            The app asks on{' '}
            <a href={`/phone/${encodeURIComponent(`+${mobile}`)}`} target="_blank" safe>
              {`+${mobile}`}
            </a>
            . This page goes on by itself.
          </p>
        )}
        <div class="decide">
          <Decide path={landing.path} act="approve" says="Approve" />
          <Decide path={landing.path} act="refuse" says="Refuse" />
          <Decide path={landing.path} act="abandon" says="Walk away" />
        </div>
      </main>
    </Page>
  );
}

function Decide(props: { path: string; act: string; says: string }): JSX.Element {
  return (
    <form method="post" action={`${props.path}/${props.act}`}>
      <button type="submit" class={props.act} safe>
        {props.says}
      </button>
    </form>
  );
}
