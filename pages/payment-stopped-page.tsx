import { renderLayout } from './layout.tsx';
import { PostForm } from './parts/post-form.tsx';
import { ReturnLink } from './parts/return-link.tsx';
import type { Seller } from './parts/seller-foot.tsx';
import { textsFor } from './texts/page-texts.ts';
import type { BuyerReason } from './texts/text-shape.ts';

/** `tryAgain` is there while the order still takes another payment; `because` where the provider said why. */
export type PaymentStoppedPageModel = {
  language: string;
  publisherName: string;
  seller?: Seller | undefined;
  reason: 'cancelled' | 'declined' | 'expired' | 'failed';
  because?: BuyerReason | undefined;
  tryAgain?: { action: string; nonce: string } | undefined;
  returnUrl?: string | undefined;
};

/** No money came: why, and what can be done now. */
export function renderPaymentStoppedPage(model: PaymentStoppedPageModel): string {
  const texts = textsFor(model.language);
  const { heading, sentence } = texts.payment.stopped[model.reason];
  const { reasons, notThrough } = texts.payment;
  const { tryAgain } = model;
  const back = texts.shared.backTo(model.publisherName);
  return renderLayout(
    { texts, heading, publisherName: model.publisherName, seller: model.seller },
    <>
      <p safe>{model.because === undefined ? sentence : notThrough(reasons[model.because])}</p>
      {tryAgain ? (
        <PostForm action={tryAgain.action} nonce={tryAgain.nonce}>
          <button type="submit" class="button" safe>
            {texts.payment.tryAgain}
          </button>
        </PostForm>
      ) : (
        ''
      )}
      <ReturnLink url={model.returnUrl} label={back} prominent={tryAgain === undefined} />
    </>,
  );
}
