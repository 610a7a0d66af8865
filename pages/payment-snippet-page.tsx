import { renderLayout } from './layout.tsx';
import { ReturnLink } from './parts/return-link.tsx';
import { textsFor } from './texts/page-texts.ts';
import type { PayableMethod } from './texts/text-shape.ts';

export type PaymentSnippetPageModel = {
  language: string;
  publisherName: string;
  method: PayableMethod;
  /** The provider's own HTML, shown as it is; the page's policy says what it may load. */
  snippet: string;
  returnUrl?: string | undefined;
};

/** The provider's checkout, on a page of ours. */
export function renderPaymentSnippetPage(model: PaymentSnippetPageModel): string {
  const texts = textsFor(model.language);
  return renderLayout(
    { texts, heading: texts.payment.methods[model.method], publisherName: model.publisherName },
    <>
      <div class="snippet">{model.snippet}</div>
      <ReturnLink url={model.returnUrl} label={texts.shared.backTo(model.publisherName)} />
    </>,
  );
}
