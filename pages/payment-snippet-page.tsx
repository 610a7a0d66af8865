import { frameScriptPath } from './frame-scripts.ts';
import { renderLayout } from './layout.tsx';
import { PostForm } from './parts/post-form.tsx';
import { ReturnLink } from './parts/return-link.tsx';
import type { Seller } from './parts/seller-foot.tsx';
import { attribute } from './safe-text.ts';
import { textsFor } from './texts/page-texts.ts';
import type { PageTexts } from './texts/text-shape.ts';

/**
 * `document` is the whole document with a provider's HTML, which never runs at our own origin: it stands at
 * `loader`, an address of another origin that takes it from this page, or else at none. The way back gives up
 * by `giveUp`, else leads to `returnUrl`.
 */
export type PaymentSnippetPageModel = {
  language: string;
  publisherName: string;
  seller?: Seller | undefined;
  amount: string;
  document: string;
  loader?: string | undefined;
  giveUp?: { action: string; nonce: string } | undefined;
  returnUrl?: string | undefined;
};

/**
 * What the frame may do. It has no `srcdoc` and no address of ours, so that `allow-same-origin` gives it
 * nothing of ours; the provider's own frames within it keep their origin, and what they have stored.
 */
const rights =
  'allow-scripts allow-same-origin allow-forms allow-popups allow-popups-to-escape-sandbox ' +
  'allow-top-navigation-by-user-activation';

/** A provider's checkout in a frame of our page. */
export function renderPaymentSnippetPage(model: PaymentSnippetPageModel): string {
  const texts = textsFor(model.language);
  const { heading, sentence, needsScripts } = texts.payment.snippet;
  return renderLayout(
    { texts, heading, publisherName: model.publisherName, seller: model.seller },
    <>
      <p safe>{sentence(model.amount)}</p>
      <noscript>
        <p safe>{needsScripts}</p>
      </noscript>
      <script src={attribute(frameScriptPath('provider-frame.js'))}></script>
      <Frame model={model} title={heading} />
      <WayBack model={model} texts={texts} />
    </>,
  );
}

function Frame({ model, title }: { model: PaymentSnippetPageModel; title: string }): JSX.Element {
  const { document, loader } = model;
  const named = `class="provider" title="${attribute(title)}" sandbox="${rights}"`;
  if (loader === undefined) {
    return `<iframe ${named} src="data:text/html;charset=utf-8,${inAddress(document)}"></iframe>`;
  }
  const origin = new URL(loader).origin;
  const given = `data-origin="${attribute(origin)}" data-html="${inAddress(document)}"`;
  return `<iframe ${named} ${given} src="${attribute(loader)}"></iframe>`;
}

/**
 * A document behind the comma of a `data:` address, in an attribute. What an address could not carry is
 * written as its bytes: all beyond ASCII, what is invisible, and what ends or escapes something.
 */
function inAddress(document: string): string {
  return document.toWellFormed().replace(/[^ !$'-;=?-~]+/g, (text) => encodeURIComponent(text));
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
