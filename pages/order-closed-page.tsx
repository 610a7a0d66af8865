import { renderLayout } from './layout.tsx';
import { ReturnLink } from './parts/return-link.tsx';
import type { Seller } from './parts/seller-foot.tsx';
import { textsFor } from './texts/page-texts.ts';
import type { ClosedReason } from './texts/text-shape.ts';

export type OrderClosedPageModel = {
  language: string;
  publisherName: string;
  seller?: Seller | undefined;
  reason: ClosedReason;
  /** The way on, where one is known. */
  returnUrl?: string | undefined;
};

/** The order is not to be seen or changed from here; the page tells nothing of it. */
export function renderOrderClosedPage(model: OrderClosedPageModel): string {
  const texts = textsFor(model.language);
  const { heading, sentence } = texts.payment.closed[model.reason];
  return renderLayout(
    { texts, heading, publisherName: model.publisherName, seller: model.seller },
    <>
      <p safe>{sentence}</p>
      <ReturnLink url={model.returnUrl} label={texts.shared.backTo(model.publisherName)} prominent />
    </>,
  );
}
