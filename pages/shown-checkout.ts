import { createHash } from 'node:crypto';
import { type CheckoutPageModel, renderCheckoutPage } from './checkout-page.tsx';
import { versionOfWords } from './checkout-words.ts';
import { shownText } from './shown-text.ts';
import { textsFor } from './texts/page-texts.ts';

/** What a buyer reads before pressing the button, and by which it can be told again later. */
export type ShownCheckout = {
  /** Of the words in this language: another one for other words. */
  textVersion: string;
  /** SHA-256 of the text in UTF-8, as hex. */
  textSha256: string;
  text: string;
  language: string;
};

/**
 * The text of the page as it is shown first: without what a former try came to, and without what a form
 * carries.
 */
export function shownCheckout(model: CheckoutPageModel): ShownCheckout {
  const first = { ...model, failed: undefined, spent: [], isChanged: false, seen: undefined };
  const text = shownText(renderCheckoutPage(first));
  const { language } = textsFor(model.language);
  return { textVersion: versionOf(model.language), textSha256: sha256(text), text, language };
}

const versions = new Map<string, string>();

function versionOf(language: string): string {
  const texts = textsFor(language);
  const version = versions.get(texts.language) ?? versionOfWords(texts);
  versions.set(texts.language, version);
  return version;
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
