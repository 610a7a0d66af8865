import { renderLayout } from './layout.tsx';
import { Facts } from './parts/facts.tsx';
import { PostForm } from './parts/post-form.tsx';
import { textsFor } from './texts/page-texts.ts';

/** `action` takes `nonce` and `complete`. */
export type OrderConfirmPageModel = {
  language: string;
  publisherName: string;
  /** Left out where the address can be guessed. */
  purchase?: string | undefined;
  action: string;
  nonce: string;
};

/** Nothing is to be paid here; a person confirms the order, which what only looks at the address does not. */
export function renderOrderConfirmPage(model: OrderConfirmPageModel): string {
  const texts = textsFor(model.language);
  const { confirm, choice } = texts.payment;
  return renderLayout(
    { texts, heading: confirm.heading, publisherName: model.publisherName },
    <>
      <p safe>{confirm.sentence}</p>
      {model.purchase === undefined ? (
        ''
      ) : (
        <Facts facts={[{ name: choice.purchase, value: model.purchase }]} />
      )}
      <PostForm action={model.action} nonce={model.nonce}>
        <input type="hidden" name="complete" value="1" />
        <button type="submit" class="button" safe>
          {confirm.button}
        </button>
      </PostForm>
    </>,
  );
}
