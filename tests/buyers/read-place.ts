import type { Page } from './browser.ts';

type Form = { action: string; nonce: string };

/** Where a buyer is, as far as the buyer's next step depends on it. */
export type Place =
  | { at: 'vipps' | 'swedbankpay'; url: string }
  /** The checkout stands in a frame of our page. */
  | { at: 'kustom'; url: string; giveUp: Form }
  /** A code was sent to the buyer's mobile. */
  | { at: 'code'; pay: Form; giveUp: Form }
  | { at: 'choice'; methods: readonly string[]; pay: Form; giveUp: Form }
  /** Our page asks again by itself, at an address that says what is waited for. */
  | { at: 'waiting'; again: string }
  /** Sent on by a page between; it leads there by itself. */
  | { at: 'leaving'; url: string }
  | { at: 'publisher'; status: string }
  | { at: 'elsewhere'; status: number; url: string };

export function readPlace(page: Page): Place {
  const url = new URL(page.url);
  if (url.pathname.startsWith('/publisher/')) {
    return { at: 'publisher', status: url.searchParams.get('fulfillmentStatus') ?? '' };
  }
  for (const at of ['vipps', 'swedbankpay'] as const) {
    if (url.pathname.startsWith(`/pay/${at}/`)) return { at, url: `${url.origin}${url.pathname}` };
  }
  const frame = /'data-frame', '([^']+)'/.exec(page.html)?.[1];
  const forms = readForms(page);
  const giveUp = forms.find((form) => form.action.includes('giveUp'));
  if (frame !== undefined && giveUp) return { at: 'kustom', url: plain(frame), giveUp };
  const pay = forms.find((form) => !form.action.includes('giveUp'));
  if (pay && giveUp && page.html.includes('name="code"')) return { at: 'code', pay, giveUp };
  const methods = [...page.html.matchAll(/name="method" value="(\w+)"/g)].map(([, name = '']) => name);
  if (pay && giveUp && methods.length > 0) return { at: 'choice', methods, pay, giveUp };
  const [, seconds, next] = /http-equiv="refresh" content="(\d+);url=([^"]+)"/.exec(page.html) ?? [];
  if (next !== undefined) {
    const then = new URL(plain(next), url).href;
    return seconds === '0' ? { at: 'leaving', url: then } : { at: 'waiting', again: then };
  }
  return { at: 'elsewhere', status: page.status, url: page.url };
}

function readForms({ html, url }: Page): Form[] {
  const pattern =
    /<form method="post" action="([^"]*)"[^>]*>\s*<input type="hidden" name="nonce" value="([^"]+)"/g;
  return [...html.matchAll(pattern)].map(([, action = '', nonce = '']) => ({
    action: new URL(plain(action), url).href,
    nonce,
  }));
}

/** Text of an attribute as it was before it was written. */
export function plain(text: string): string {
  return text
    .replaceAll('&#34;', '"')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&amp;', '&');
}
