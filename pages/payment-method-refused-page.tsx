import { renderLayout } from './layout.tsx';
import { ReturnLink } from './parts/return-link.tsx';
import type { Seller } from './parts/seller-foot.tsx';
import { textsFor } from './texts/page-texts.ts';

export type PaymentMethodRefusedPageModel = {
  language: string;
  publisherName: string;
  seller?: Seller | undefined;
  reason: 'by phone' | 'other' | 'not-configured';
  returnUrl?: string | undefined;
};

/** The order's payment method needs no browser, or has not been set up by the publisher. */
export function renderPaymentMethodRefusedPage(model: PaymentMethodRefusedPageModel): string {
  const texts = textsFor(model.language);
  return renderLayout(
    {
      texts,
      heading: texts.payment.methodRefused.heading,
      publisherName: model.publisherName,
      seller: model.seller,
    },
    <>
      <p safe>{texts.payment.methodRefused[model.reason]}</p>
      <ReturnLink url={model.returnUrl} label={texts.shared.backTo(model.publisherName)} prominent />
    </>,
  );
}
