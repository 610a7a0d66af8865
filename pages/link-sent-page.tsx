import { renderLayout } from './layout.tsx';
import { maskDestination } from './mask-destination.ts';
import { ReturnLink } from './parts/return-link.tsx';
import type { Seller } from './parts/seller-foot.tsx';
import { Words } from './parts/words.tsx';
import { textsFor } from './texts/page-texts.ts';

export type LinkSentPageModel = {
  language: string;
  publisherName: string;
  seller?: Seller | undefined;
  destination: string;
  codePageUrl?: string | undefined;
  homeUrl?: string | undefined;
};

/** The answer to "send me a new one". It is the same whether anything was sent or not. */
export function renderLinkSentPage(model: LinkSentPageModel): string {
  const texts = textsFor(model.language);
  return renderLayout(
    { texts, heading: texts.linkSent.heading, publisherName: model.publisherName, seller: model.seller },
    <>
      <p safe>{texts.linkSent.sentence(maskDestination(model.destination))}</p>
      <p class="quiet">
        <Words text={texts.linkSent.patience} />
      </p>
      <ReturnLink url={model.codePageUrl} label={texts.linkSent.haveCode} />
      <ReturnLink url={model.homeUrl} label={texts.shared.backTo(model.publisherName)} />
    </>,
  );
}
