import { renderLayout } from './layout.tsx';
import { PostForm } from './parts/post-form.tsx';
import { ReturnLink } from './parts/return-link.tsx';
import type { Seller } from './parts/seller-foot.tsx';
import { shownMoment } from './shown-date.ts';
import { textsFor } from './texts/page-texts.ts';
import type { PageTexts } from './texts/text-shape.ts';

/** Days are shown in the publisher's `timeZone` (IANA name). */
export type LandingPageModel = {
  language: string;
  publisherName: string;
  seller?: Seller | undefined;
  timeZone: string;
  purchases: readonly LandingPurchase[];
  homeUrl?: string | undefined;
  /** Where the form goes that logs the reader out of every browser. */
  logOutEverywhere: { action: string; nonce: string };
};

export type LandingPurchase = { name: string; accessUntil?: Date | undefined };

/** Where a login link ends when the client gave no return address: logged in, and what was bought. */
export function renderLandingPage(model: LandingPageModel): string {
  const texts = textsFor(model.language);
  return renderLayout(
    { texts, heading: texts.landing.heading, publisherName: model.publisherName, seller: model.seller },
    <>
      <p safe>{texts.landing.sentence(model.publisherName)}</p>
      {model.purchases.length > 0 ? <Purchases model={model} texts={texts} /> : ''}
      <ReturnLink url={model.homeUrl} label={texts.landing.goTo(model.publisherName)} prominent />
      <PostForm action={model.logOutEverywhere.action} nonce={model.logOutEverywhere.nonce}>
        <button type="submit" class="plain" safe>
          {texts.logOut.everywhere}
        </button>
        <p class="quiet" safe>
          {texts.logOut.everywhereSentence}
        </p>
      </PostForm>
    </>,
  );
}

function Purchases({ model, texts }: { model: LandingPageModel; texts: PageTexts }): JSX.Element {
  return (
    <>
      <h2 safe>{texts.landing.purchases}</h2>
      <ul class="purchases">
        {model.purchases.map((purchase) => (
          <li>
            <span class="name" safe>
              {purchase.name}
            </span>
            <span class="quiet" safe>
              {untilText(purchase.accessUntil, model.timeZone, texts)}
            </span>
          </li>
        ))}
      </ul>
    </>
  );
}

function untilText(accessUntil: Date | undefined, timeZone: string, texts: PageTexts): string {
  if (accessUntil === undefined) return '';
  return texts.shared.until(shownMoment(accessUntil, timeZone, texts));
}
