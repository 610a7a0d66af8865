import { renderLayout } from './layout.tsx';
import { maskDestination } from './mask-destination.ts';
import { CookiesBlocked } from './parts/cookies-blocked.tsx';
import { Facts } from './parts/facts.tsx';
import { PostForm } from './parts/post-form.tsx';
import { ReturnLink } from './parts/return-link.tsx';
import type { Seller } from './parts/seller-foot.tsx';
import { textsFor } from './texts/page-texts.ts';

/** `destination` is where the link was sent, shown masked. `giveUpUrl` leads to the client's error page. */
export type LinkPageModel = {
  language: string;
  publisherName: string;
  seller?: Seller | undefined;
  purchase: string;
  destination: string;
  action: string;
  nonce: string;
  giveUpUrl?: string | undefined;
  /** Given where the browser keeps no cookie of ours: where the code of the message is typed. */
  codePageUrl?: string | undefined;
};

/** What a login link opens: says what it is for, and logs nobody in before the button is pressed. */
export function renderLinkPage(model: LinkPageModel): string {
  const texts = textsFor(model.language);
  const heading = texts.link.heading(model.publisherName);
  return renderLayout(
    { texts, heading, publisherName: model.publisherName, seller: model.seller },
    <>
      <CookiesBlocked texts={texts} codePageUrl={model.codePageUrl} />
      <p safe>{texts.link.sentence}</p>
      <Facts
        facts={[
          { name: texts.link.purchase, value: model.purchase },
          { name: texts.link.sentTo, value: maskDestination(model.destination) },
        ]}
      />
      <PostForm action={model.action} nonce={model.nonce}>
        <button type="submit" class="button" safe>
          {texts.shared.logIn}
        </button>
      </PostForm>
      <details>
        <summary safe>{texts.link.notYou}</summary>
        <p safe>{texts.link.notYouAnswer(model.publisherName)}</p>
      </details>
      <ReturnLink url={model.giveUpUrl} label={texts.shared.cancel} />
    </>,
  );
}
