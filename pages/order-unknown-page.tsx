import { renderLayout } from './layout.tsx';
import { ReturnLink } from './parts/return-link.tsx';
import type { Seller } from './parts/seller-foot.tsx';
import { textsFor } from './texts/page-texts.ts';

export type OrderUnknownPageModel = {
  language: string;
  publisherName?: string | undefined;
  seller?: Seller | undefined;
  returnUrl?: string | undefined;
};

/**
 * There is no such order, or it is another publisher's; the page does not tell which. It names the publisher
 * whom the address or the host tells, never the order's.
 */
export function renderOrderUnknownPage(model: OrderUnknownPageModel): string {
  const texts = textsFor(model.language);
  const { heading, sentence } = texts.payment.orderUnknown;
  const { publisherName, seller, returnUrl } = model;
  const back = publisherName === undefined ? texts.shared.back : texts.shared.backTo(publisherName);
  return renderLayout(
    { texts, heading, publisherName, seller },
    <>
      <p safe>{sentence}</p>
      <ReturnLink url={returnUrl} label={back} prominent />
    </>,
  );
}
