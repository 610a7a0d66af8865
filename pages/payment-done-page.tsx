import { renderLayout } from './layout.tsx';
import { ReturnLink } from './parts/return-link.tsx';
import type { Seller } from './parts/seller-foot.tsx';
import { textsFor } from './texts/page-texts.ts';

export type PaymentDonePageModel = {
  language: string;
  publisherName: string;
  seller?: Seller | undefined;
  purchase?: string | undefined;
  returnUrl?: string | undefined;
};

/** The order is complete. */
export function renderPaymentDonePage(model: PaymentDonePageModel): string {
  const texts = textsFor(model.language);
  const { heading, sentence, purchase } = texts.payment.done;
  return renderLayout(
    { texts, heading, publisherName: model.publisherName, seller: model.seller },
    <>
      <p safe>{model.purchase === undefined ? sentence : `${sentence} ${purchase(model.purchase)}`}</p>
      <ReturnLink url={model.returnUrl} label={texts.shared.backTo(model.publisherName)} prominent />
    </>,
  );
}
