import { renderLayout } from './layout.tsx';
import { PostForm } from './parts/post-form.tsx';
import { ReturnLink } from './parts/return-link.tsx';
import { textsFor } from './texts/page-texts.ts';
import type { PageTexts } from './texts/text-shape.ts';

/**
 * `snippet` is HTML of a payment provider that we asked for ourselves, and is shown as it is; whoever serves
 * the page must let the browser load what it needs. The way back gives up by `giveUp`, else leads to
 * `returnUrl`.
 */
export type PaymentSnippetPageModel = {
  language: string;
  publisherName: string;
  amount: string;
  snippet: string;
  giveUp?: { action: string; nonce: string } | undefined;
  returnUrl?: string | undefined;
};

/** A provider's checkout on our own page. */
export function renderPaymentSnippetPage(model: PaymentSnippetPageModel): string {
  const texts = textsFor(model.language);
  const { heading, sentence, needsScripts } = texts.payment.snippet;
  return renderLayout(
    { texts, heading, publisherName: model.publisherName },
    <>
      <p safe>{sentence(model.amount)}</p>
      <noscript>
        <p safe>{needsScripts}</p>
      </noscript>
      <div class="snippet">{model.snippet}</div>
      <WayBack model={model} texts={texts} />
    </>,
  );
}

function WayBack({ model, texts }: { model: PaymentSnippetPageModel; texts: PageTexts }): JSX.Element {
  const { back } = texts.payment.snippet;
  if (!model.giveUp) return <ReturnLink url={model.returnUrl} label={back} />;
  return (
    <PostForm action={model.giveUp.action} nonce={model.giveUp.nonce}>
      <button type="submit" class="plain" safe>
        {back}
      </button>
    </PostForm>
  );
}
