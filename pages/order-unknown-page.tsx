import { renderLayout } from './layout.tsx';
import { ReturnLink } from './parts/return-link.tsx';
import { textsFor } from './texts/page-texts.ts';

export type OrderUnknownPageModel = {
  language: string;
  returnUrl?: string | undefined;
};

/** There is no such order, or it is another publisher's; the page does not tell which, so it names nobody. */
export function renderOrderUnknownPage(model: OrderUnknownPageModel): string {
  const texts = textsFor(model.language);
  const { heading, sentence } = texts.payment.orderUnknown;
  return renderLayout(
    { texts, heading },
    <>
      <p safe>{sentence}</p>
      <ReturnLink url={model.returnUrl} label={texts.shared.back} prominent />
    </>,
  );
}
