import { renderLayout } from './layout.tsx';
import { maskDestination } from './mask-destination.ts';
import { PostForm } from './parts/post-form.tsx';
import { ReturnLink } from './parts/return-link.tsx';
import type { Seller } from './parts/seller-foot.tsx';
import { attribute } from './safe-text.ts';
import { textsFor } from './texts/page-texts.ts';

/**
 * `action` takes what was sent before, `credential` and `code` where there were any, with `account`, `step`
 * and `nonce`. `destination` is the number, shown masked.
 */
export type OldNumberPageModel = {
  language: string;
  publisherName: string;
  seller?: Seller | undefined;
  destination: string;
  action: string;
  nonce: string;
  credential?: string | undefined;
  code?: string | undefined;
  /** Where the reader logs in by an e-mail address first. */
  emailUrl: string;
  giveUpUrl?: string | undefined;
};

/** A number that nobody has used for long: is this its old owner, or a new one? Both get on from here. */
export function renderOldNumberPage(model: OldNumberPageModel): string {
  const { publisherName, seller, credential, code } = model;
  const texts = textsFor(model.language);
  const words = texts.login.oldNumber;
  return renderLayout(
    { texts, heading: words.heading, publisherName, seller },
    <>
      <p safe>{words.sentence(maskDestination(model.destination))}</p>
      <h2 safe>{words.known.heading}</h2>
      <p safe>{words.known.sentence(publisherName)}</p>
      <ReturnLink url={model.emailUrl} label={words.known.button} prominent />
      <h2 safe>{words.fresh.heading}</h2>
      <p safe>{words.fresh.sentence}</p>
      <PostForm action={model.action} nonce={model.nonce}>
        <input type="hidden" name="account" value="new" />
        {credential === undefined ? (
          ''
        ) : (
          <input type="hidden" name="credential" value={attribute(credential)} />
        )}
        {code === undefined ? '' : <input type="hidden" name="code" value={attribute(code)} />}
        <button type="submit" class="button" name="step" value="enter" safe>
          {words.fresh.button}
        </button>
      </PostForm>
      <ReturnLink url={model.giveUpUrl} label={texts.shared.cancel} />
    </>,
  );
}
