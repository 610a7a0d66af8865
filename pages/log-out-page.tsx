import { renderLayout } from './layout.tsx';
import { PostForm } from './parts/post-form.tsx';
import { ReturnLink } from './parts/return-link.tsx';
import type { Seller } from './parts/seller-foot.tsx';
import { textsFor } from './texts/page-texts.ts';

/** `ask` is there while somebody is logged in; without it, nobody is (any more). */
export type LogOutPageModel = {
  language: string;
  publisherName?: string | undefined;
  seller?: Seller | undefined;
  ask?: { action: string; nonce: string } | undefined;
  returnUrl?: string | undefined;
};

/** Logging out takes a button, so that no other site can do it by a link or a picture. */
export function renderLogOutPage(model: LogOutPageModel): string {
  const texts = textsFor(model.language);
  const { ask, publisherName } = model;
  const { heading, sentence } = ask ? texts.logOut.ask : texts.logOut.done;
  const back = publisherName === undefined ? texts.shared.back : texts.shared.backTo(publisherName);
  return renderLayout(
    { texts, heading, publisherName, seller: model.seller },
    <>
      <p safe>{sentence}</p>
      {ask ? (
        <PostForm action={ask.action} nonce={ask.nonce}>
          <button type="submit" class="button" safe>
            {texts.logOut.button}
          </button>
        </PostForm>
      ) : (
        ''
      )}
      <ReturnLink url={model.returnUrl} label={back} prominent={ask === undefined} />
    </>,
  );
}
