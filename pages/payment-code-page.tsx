import { renderLayout } from './layout.tsx';
import { maskDestination } from './mask-destination.ts';
import { CodeField } from './parts/code-field.tsx';
import { Notice } from './parts/notice.tsx';
import { PostForm } from './parts/post-form.tsx';
import { ReturnLink } from './parts/return-link.tsx';
import type { Seller } from './parts/seller-foot.tsx';
import { textsFor } from './texts/page-texts.ts';
import type { PageTexts } from './texts/text-shape.ts';

/**
 * `action` takes `nonce` with the `code`, or with `newCode` for another one; `giveUpAction` takes `nonce`.
 * `destination` is the mobile that the code went to, `chooseUrl` leads to other ways, and `triesLeft`
 * stands for a wrong code before this one.
 */
export type PaymentCodePageModel = {
  language: string;
  publisherName: string;
  seller?: Seller | undefined;
  amount: string;
  destination: string;
  notice?: 'not a code' | 'new code' | { triesLeft: number } | undefined;
  action: string;
  giveUpAction: string;
  chooseUrl?: string | undefined;
  nonce: string;
};

/** Paying on the phone bill, with the code that the buyer was sent. */
export function renderPaymentCodePage(model: PaymentCodePageModel): string {
  const texts = textsFor(model.language);
  const { payByCode, choice } = texts.payment;
  const { notice, action, nonce } = model;
  const isWrong = notice !== undefined && notice !== 'new code';
  return renderLayout(
    {
      texts,
      heading: payByCode.heading,
      title: isWrong ? texts.shared.errorTitle(payByCode.heading) : undefined,
      publisherName: model.publisherName,
      seller: model.seller,
    },
    <>
      {notice ? (
        <Notice kind={isWrong ? 'error' : 'news'} id="notice" text={noticeText(notice, texts)} />
      ) : (
        ''
      )}
      <p safe>{payByCode.sentence(maskDestination(model.destination), model.amount)}</p>
      <PostForm action={action} nonce={nonce}>
        <CodeField
          label={texts.code.code}
          leastDigits={3}
          mostDigits={12}
          describedBy={isWrong ? 'notice' : undefined}
        />
        <button type="submit" class="button" safe>
          {payByCode.pay(model.amount)}
        </button>
      </PostForm>
      <PostForm action={action} nonce={nonce} class="also">
        <input type="hidden" name="newCode" value="1" />
        <button type="submit" class="plain" safe>
          {texts.code.sendNew}
        </button>
      </PostForm>
      <ReturnLink url={model.chooseUrl} label={choice.otherMethod} />
      <PostForm action={model.giveUpAction} nonce={nonce}>
        <button type="submit" class="plain" safe>
          {choice.giveUp}
        </button>
      </PostForm>
    </>,
  );
}

function noticeText(notice: NonNullable<PaymentCodePageModel['notice']>, texts: PageTexts): string {
  const { notCode, sentNew } = texts.payment.payByCode;
  if (notice === 'not a code') return notCode;
  return notice === 'new code' ? sentNew : `${texts.code.wrong(notice.triesLeft)} ${sentNew}`;
}
