import { renderLayout } from './layout.tsx';
import { ReturnLink } from './parts/return-link.tsx';
import type { Seller } from './parts/seller-foot.tsx';
import { textsFor } from './texts/page-texts.ts';

export type PaymentLeavingPageModel = {
  language: string;
  publisherName: string;
  seller?: Seller | undefined;
  /** What the buyer has chosen, ready to be read. */
  method: string;
  /** The provider's address. */
  url: string;
};

/**
 * Sends the buyer on to the provider. A page between, because browsers hold a form's answer to the addresses
 * that the form's own page allows, and ours allows none but ours.
 */
export function renderPaymentLeavingPage(model: PaymentLeavingPageModel): string {
  const texts = textsFor(model.language);
  const { heading, sentence, go } = texts.payment.leaving;
  const refresh = { seconds: 0, url: model.url };
  return renderLayout(
    {
      texts,
      heading: heading(model.method),
      publisherName: model.publisherName,
      seller: model.seller,
      refresh,
    },
    <>
      <p role="status" safe>
        {sentence}
      </p>
      <ReturnLink url={model.url} label={go} prominent />
    </>,
  );
}
