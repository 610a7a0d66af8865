import { createHash } from 'node:crypto';
import { type CheckoutPageModel, renderCheckoutPage } from './checkout-page.tsx';
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

/** Made of the words themselves, so that nobody can change one and forget the version. */
function versionOf(language: string): string {
  const { language: own, checkout, agreement, payment, shared } = textsFor(language);
  const known = versions.get(own);
  if (known !== undefined) return known;
  const words = [checkout, agreement.every, payment.choice, payment.confirm, shared];
  const version = sha256(words.map(wordsOf).join('\n')).slice(0, 12);
  versions.set(own, version);
  return version;
}

function wordsOf(words: unknown): string {
  return typeof words === 'function' ? String(words) : JSON.stringify(words, replaceFunction);
}

function replaceFunction(_name: string, value: unknown): unknown {
  return typeof value === 'function' ? String(value) : value;
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
