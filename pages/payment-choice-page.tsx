import { renderLayout } from './layout.tsx';
import { Notice } from './parts/notice.tsx';
import { PostForm } from './parts/post-form.tsx';
import { attribute } from './safe-text.ts';
import { textsFor } from './texts/page-texts.ts';
import type { BuyerReason, PayableMethod } from './texts/text-shape.ts';

export type PaymentChoicePageModel = {
  language: string;
  publisherName: string;
  purchase?: string | undefined;
  amount: string;
  choices: readonly PayableMethod[];
  /** Why the last try came to nothing. */
  former?: BuyerReason | undefined;
  action: string;
  nonce: string;
};

/** The buyer chooses how to pay, tries again, or gives up. */
export function renderPaymentChoicePage(model: PaymentChoicePageModel): string {
  const texts = textsFor(model.language);
  const { heading, sentence, failed, giveUp } = texts.payment.choice;
  const { methods, reasons } = texts.payment;
  const what = [model.purchase, model.amount].filter((part) => part !== undefined).join(' · ');
  return renderLayout(
    { texts, heading, publisherName: model.publisherName },
    <>
      {model.former ? <Notice kind="error" id="former" text={failed(reasons[model.former])} /> : ''}
      <p class="purchase" safe>
        {what}
      </p>
      <p safe>{sentence}</p>
      <div class="choices">
        {model.choices.map((method) => (
          <PostForm action={model.action} nonce={model.nonce}>
            <input type="hidden" name="method" value={attribute(method)} />
            <button type="submit" class="button" safe>
              {methods[method]}
            </button>
          </PostForm>
        ))}
      </div>
      <PostForm action={model.action} nonce={model.nonce}>
        <input type="hidden" name="giveUp" value="1" />
        <button type="submit" class="plain" safe>
          {giveUp}
        </button>
      </PostForm>
    </>,
  );
}
