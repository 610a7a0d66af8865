import { renderLayout } from './layout.tsx';
import { maskDestination } from './mask-destination.ts';
import { PostForm } from './parts/post-form.tsx';
import { ReturnLink } from './parts/return-link.tsx';
import type { Seller } from './parts/seller-foot.tsx';
import { attribute } from './safe-text.ts';
import { textsFor } from './texts/page-texts.ts';
import type { PageTexts } from './texts/text-shape.ts';

/**
 * `current` is who is logged in, shown masked, and nothing where that is not told; `credential` is the other
 * one, as it was typed.
 */
export type LoginSwitchPageModel = {
  language: string;
  publisherName: string;
  seller?: Seller | undefined;
  action: string;
  nonce: string;
  current?: string | undefined;
  credential: string;
  stayUrl?: string | undefined;
};

/** Asks before a login by another credential logs out whoever is logged in. */
export function renderLoginSwitchPage(model: LoginSwitchPageModel): string {
  const texts = textsFor(model.language);
  const { publisherName, seller, credential } = model;
  const { sentence, stay } = wordsOf(model, texts);
  return renderLayout(
    { texts, heading: texts.login.switchHeading, publisherName, seller },
    <>
      <p safe>{sentence}</p>
      <PostForm action={model.action} nonce={model.nonce}>
        <input type="hidden" name="credential" value={attribute(credential)} />
        <button type="submit" class="button" name="step" value="switch" safe>
          {texts.login.switchTo(credential)}
        </button>
      </PostForm>
      <ReturnLink url={model.stayUrl} label={stay} />
    </>,
  );
}

function wordsOf({ current, credential }: LoginSwitchPageModel, { login }: PageTexts) {
  if (current === undefined) {
    return { sentence: login.switchFromSomeone(credential), stay: login.doNotSwitch };
  }
  const masked = maskDestination(current);
  return { sentence: login.switchSentence(masked, credential), stay: login.stay(masked) };
}
