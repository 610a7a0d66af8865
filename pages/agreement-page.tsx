import { renderLayout } from './layout.tsx';
import { Facts } from './parts/facts.tsx';
import { Notice } from './parts/notice.tsx';
import { PostForm } from './parts/post-form.tsx';
import { ReturnLink } from './parts/return-link.tsx';
import type { Seller } from './parts/seller-foot.tsx';
import { shownDay } from './shown-date.ts';
import { textsFor } from './texts/page-texts.ts';
import type { PageTexts } from './texts/text-shape.ts';

/** How an agreement stands, in words that every language has. */
export type AgreementState = 'active' | 'ending' | 'ended' | 'waiting' | 'never';

/** What renews together. Prices are ready to be read, with their currency. */
export type AgreementPrice = {
  product: string;
  price: string;
  period: AgreementPeriod;
  /** There where the first period differs. */
  first: { price: string; period: AgreementPeriod } | undefined;
};

/** `stop` is there where renewing can be stopped: its `action` takes `nonce`. */
export type AgreementPageModel = {
  language: string;
  publisherName: string;
  seller?: Seller | undefined;
  prices: readonly AgreementPrice[];
  state: AgreementState;
  /** The day after which nothing is paid for, in the publisher's time zone. */
  paidUntil: { at: Date; timeZone: string } | undefined;
  stop: { action: string; nonce: string } | undefined;
  homeUrl?: string | undefined;
};

export type AgreementPeriod = { unit: 'day' | 'week' | 'month' | 'year'; count: number };

/** One agreement of a reader: what it is for, what it costs, how it stands, and a button that ends it. */
export function renderAgreementPage(model: AgreementPageModel): string {
  const texts = textsFor(model.language);
  const { agreement } = texts;
  const isOver = model.state === 'ending' || model.state === 'ended';
  return renderLayout(
    { texts, heading: agreement.heading, publisherName: model.publisherName, seller: model.seller },
    <>
      {isOver ? <Notice kind="news" id="notice" text={agreement.stopped} /> : ''}
      <Facts facts={factsOf(model, texts)} />
      {model.stop ? (
        <PostForm action={model.stop.action} nonce={model.stop.nonce}>
          <p safe>{agreement.stopSentence}</p>
          <button type="submit" class="button outlined" safe>
            {agreement.stop}
          </button>
        </PostForm>
      ) : (
        ''
      )}
      <ReturnLink url={model.homeUrl} label={texts.shared.backTo(model.publisherName)} />
    </>,
  );
}

function factsOf(model: AgreementPageModel, texts: PageTexts) {
  const { agreement } = texts;
  const { paidUntil } = model;
  return [
    ...model.prices.flatMap((price) => factsOfPrice(price, texts)),
    { name: agreement.status, value: agreement.states[model.state] },
    ...(paidUntil
      ? [{ name: agreement.paidUntil, value: shownDay(paidUntil.at, paidUntil.timeZone, texts) }]
      : []),
  ];
}

function factsOfPrice({ product, price, period, first }: AgreementPrice, { agreement }: PageTexts) {
  return [
    { name: agreement.product, value: product },
    { name: agreement.price, value: `${price} ${agreement.every(period)}` },
    ...(first ? [{ name: agreement.first, value: agreement.firstPrice(first.price, first.period) }] : []),
  ];
}
