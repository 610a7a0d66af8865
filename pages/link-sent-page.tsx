import { renderLayout } from './layout.tsx';
import { maskDestination } from './mask-destination.ts';
import { ReturnLink } from './parts/return-link.tsx';
import { textsFor } from './texts/page-texts.ts';

export type LinkSentPageModel = {
  language: string;
  publisherName: string;
  destination: string;
  codePageUrl?: string | undefined;
};

/** The answer to "send me a new one". It is the same whether anything was sent or not. */
export function renderLinkSentPage(model: LinkSentPageModel): string {
  const texts = textsFor(model.language);
  return renderLayout(
    { texts, heading: texts.linkSent.heading, publisherName: model.publisherName },
    <>
      <p safe>{texts.linkSent.sentence(maskDestination(model.destination))}</p>
      <p class="quiet" safe>
        {texts.linkSent.patience}
      </p>
      <ReturnLink url={model.codePageUrl} label={texts.linkSent.haveCode} />
    </>,
  );
}
