import { heightScript } from '@leveret/pages/frame-scripts.js';
import {
  type PaymentSnippetPageModel,
  renderPaymentSnippetPage,
} from '@leveret/pages/payment-snippet-page.js';
import { renderProviderDocument } from '@leveret/pages/provider-document.js';
import type { PageAnswer } from '../../kit/http/endpoint.ts';
import { inlineScriptSources } from '../../kit/http/inline-scripts.ts';
import { foreignPolicy } from '../../kit/http/security-headers.ts';
import type { BuyerStep } from '../../payments/buyer-step.ts';
import { foreignOrigins } from './foreign-origins.ts';

type Around = Pick<
  PaymentSnippetPageModel,
  'language' | 'publisherName' | 'seller' | 'amount' | 'giveUp' | 'loader'
> & {
  cookies: string[];
  /** Our own origin, which no snippet may use, whatever it names. */
  publicUrl: string;
  /** Where the answer to giving up may lead. */
  backTo: readonly string[];
};

/**
 * A provider's HTML in a frame of our page, and never at our own origin: its scripts are not ours, and
 * whoever chose the provider's address would act as the reader. Without an origin of its own the frame has
 * none at all, and inherits the policy of the page around it.
 */
export function answerSnippet(
  { html: snippet, origins: named }: Extract<BuyerStep, { to: 'snippet' }>,
  { cookies, publicUrl, backTo, ...around }: Around,
): PageAnswer {
  const origins = foreignOrigins(named, publicUrl);
  const wanted = {
    'script-src': [
      ...inlineScriptSources(`<script>${heightScript}</script>`),
      ...inlineScriptSources(snippet),
    ],
    'style-src': ["'unsafe-inline'"],
    'connect-src': origins,
    'img-src': [...origins, 'data:'],
  };
  const scripts = [...origins, ...wanted['script-src']];
  const policy = foreignPolicy({
    ...wanted,
    'script-src': scripts,
    'frame-src': origins,
    'form-action': origins,
  });
  const document = renderProviderDocument({
    language: around.language,
    title: around.publisherName,
    snippet,
    policy,
  });
  const { loader } = around;
  // Our own page comes into the frame when the buyer is sent back there.
  const frames = ["'self'", loader === undefined ? 'data:' : new URL(loader).origin, ...origins];
  return {
    html: renderPaymentSnippetPage({ ...around, document }),
    cookies,
    // A provider's window may have to tell the frame that opened it how it went.
    headers: { 'cross-origin-opener-policy': 'same-origin-allow-popups' },
    allows: {
      ...(loader === undefined ? { ...wanted, 'script-src': scripts } : { 'script-src': [] }),
      'frame-src': frames,
      'form-action': backTo,
    },
  };
}
