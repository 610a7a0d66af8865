import { renderLayout } from './layout.tsx';
import { ReturnLink } from './parts/return-link.tsx';
import type { Seller } from './parts/seller-foot.tsx';
import { textsFor } from './texts/page-texts.ts';
import type { PageTexts } from './texts/text-shape.ts';

/**
 * With `refresh` the page asks again by itself; without it, it says that the answer is slow and lets go. Who
 * left the provider without paying goes on by `goOnUrl`; who is asked on the phone is told so.
 */
export type PaymentWaitingPageModel = {
  language: string;
  publisherName: string;
  seller?: Seller | undefined;
  refresh?: { seconds: number; url: string } | undefined;
  returnUrl?: string | undefined;
  goOnUrl?: string | undefined;
  isOnPhone?: boolean;
};

/** Shown between the payment provider and the publisher while the payment's outcome is asked for. */
export function renderPaymentWaitingPage(model: PaymentWaitingPageModel): string {
  const texts = textsFor(model.language);
  const { heading, sentence } = wordsOf(model, texts);
  return renderLayout(
    { texts, heading, publisherName: model.publisherName, seller: model.seller, refresh: model.refresh },
    <>
      {model.refresh ? <Waiting /> : ''}
      <p role="status" safe>
        {sentence}
      </p>
      <WaysOut model={model} texts={texts} />
    </>,
  );
}

function wordsOf({ refresh, isOnPhone }: PaymentWaitingPageModel, { payment }: PageTexts) {
  if (!refresh) return payment.slow;
  return isOnPhone ? payment.onPhone : payment.waiting;
}

function Waiting(): JSX.Element {
  return (
    <div class="waiting" aria-hidden="true">
      <span></span>
      <span></span>
      <span></span>
    </div>
  );
}

function WaysOut({ model, texts }: { model: PaymentWaitingPageModel; texts: PageTexts }): JSX.Element {
  const back = texts.shared.backTo(model.publisherName);
  return (
    <>
      <ReturnLink url={model.refresh?.url} label={texts.payment.waiting.checkNow} />
      <ReturnLink url={model.goOnUrl} label={texts.payment.waiting.notPaid} />
      <ReturnLink url={model.returnUrl} label={back} prominent={model.refresh === undefined} />
    </>
  );
}
