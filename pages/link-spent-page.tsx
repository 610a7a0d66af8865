import { renderLayout } from './layout.tsx';
import { maskDestination } from './mask-destination.ts';
import { CookiesBlocked } from './parts/cookies-blocked.tsx';
import { PostForm } from './parts/post-form.tsx';
import { ReturnLink } from './parts/return-link.tsx';
import type { Seller } from './parts/seller-foot.tsx';
import { textsFor } from './texts/page-texts.ts';

/** `action` sends a new link to the same `destination`, which is shown masked. */
export type LinkSpentPageModel = {
  language: string;
  publisherName: string;
  seller?: Seller | undefined;
  reason: 'used' | 'expired';
  destination: string;
  action: string;
  nonce: string;
  giveUpUrl?: string | undefined;
  /** Given where the browser keeps no cookie of ours: where the code of the message is typed. */
  codePageUrl?: string | undefined;
};

/** A link that no longer works is never a dead end: this page offers a new one. */
export function renderLinkSpentPage(model: LinkSpentPageModel): string {
  const texts = textsFor(model.language);
  const { heading, sentence } = texts.linkSpent[model.reason];
  return renderLayout(
    { texts, heading, publisherName: model.publisherName, seller: model.seller },
    <>
      <CookiesBlocked texts={texts} codePageUrl={model.codePageUrl} />
      <p safe>{sentence}</p>
      <PostForm action={model.action} nonce={model.nonce}>
        <button type="submit" class="button" safe>
          {texts.linkSpent.button}
        </button>
      </PostForm>
      <p class="quiet" safe>
        {texts.linkSpent.goesTo(maskDestination(model.destination))}
      </p>
      <ReturnLink url={model.giveUpUrl} label={texts.shared.cancel} />
    </>,
  );
}
