import { renderLayout } from './layout.tsx';
import { ReturnLink } from './parts/return-link.tsx';
import type { Seller } from './parts/seller-foot.tsx';
import { textsFor } from './texts/page-texts.ts';

/** `publisherName` is missing where several publishers share the host: none of them is its owner. */
export type HomePageModel = {
  language: string;
  publisherName?: string | undefined;
  seller?: Seller | undefined;
  homeUrl?: string | undefined;
};

/** What stands at `/` of a live host: whose it is, and the way to them. */
export function renderHomePage({ language, publisherName, seller, homeUrl }: HomePageModel): string {
  const texts = textsFor(language);
  const back = publisherName === undefined ? texts.shared.back : texts.landing.goTo(publisherName);
  return renderLayout(
    { texts, heading: publisherName ?? texts.home.heading, seller },
    <>
      <p safe>{texts.home.sentence}</p>
      <ReturnLink url={homeUrl} label={back} prominent />
    </>,
  );
}
