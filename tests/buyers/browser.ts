import { until } from '../builders/until.ts';

/** What a browser is shown. Redirects were followed; `url` is where it ended. */
export type Page = { url: string; status: number; html: string };

/** A buyer's browser without scripts: it keeps cookies, follows redirects and never gives up. */
export type BuyerBrowser = {
  open(url: string): Promise<Page>;
  submit(url: string, form: Record<string, string>): Promise<Page>;
};

type BrowserOptions = {
  publicUrl: string;
  /** The nodes behind the public address; asked in turn where one does not answer. */
  addresses: readonly string[];
};

/** What a browser says that goes to a page by a link or redirect of another site. */
const navigation = {
  'sec-fetch-mode': 'navigate',
  'sec-fetch-dest': 'document',
  'sec-fetch-site': 'cross-site',
};

const patienceMilliseconds = 120_000;
const mostRedirects = 12;
const pauseMilliseconds = 150;
const tryMilliseconds = 20_000;

export function openBuyerBrowser({ publicUrl, addresses }: BrowserOptions): BuyerBrowser {
  const cookies = new Map<string, string>();
  let turn = 0;

  /** One exchange; nothing for what a buyer would load again. */
  async function exchange(url: URL, init: RequestInit): Promise<Response | undefined> {
    const isOurs = url.origin === publicUrl;
    const target = isOurs ? `${addresses[turn++ % addresses.length]}${url.pathname}${url.search}` : url.href;
    const headers = {
      ...(isOurs && { cookie: cookieHeader(cookies), accept: 'text/html', ...navigation }),
      ...init.headers,
    };
    try {
      const signal = AbortSignal.timeout(tryMilliseconds);
      const reply = await fetch(target, { ...init, headers, redirect: 'manual', signal });
      if (isOurs) keepCookies(cookies, reply);
      if (reply.status < 500) return reply;
      await reply.text();
      return undefined;
    } catch {
      return undefined;
    }
  }

  async function follow(first: string, init: RequestInit): Promise<Page> {
    let url = new URL(first);
    let request = init;
    for (let redirects = 0; redirects < mostRedirects; redirects += 1) {
      const ask = () => exchange(url, request);
      const reply = await until(
        `an answer of ${url.origin}${url.pathname}`,
        ask,
        patienceMilliseconds,
        pauseMilliseconds,
      );
      const html = await reply.text();
      const location = reply.headers.get('location');
      if (location === null) return { url: url.href, status: reply.status, html };
      url = new URL(location, url);
      request = { method: 'GET' };
    }
    throw new Error(`redirected without end from ${first}`);
  }

  return {
    open: (url) => follow(url, { method: 'GET' }),
    submit: (url, form) =>
      follow(url, {
        method: 'POST',
        headers: { 'content-type': 'application/x-www-form-urlencoded', 'sec-fetch-site': 'same-origin' },
        body: new URLSearchParams(form).toString(),
      }),
  };
}

function cookieHeader(cookies: ReadonlyMap<string, string>): string {
  return [...cookies].map(([name, value]) => `${name}=${value}`).join('; ');
}

function keepCookies(cookies: Map<string, string>, reply: Response): void {
  for (const line of reply.headers.getSetCookie()) {
    const [pair = ''] = line.split(';');
    const at = pair.indexOf('=');
    cookies.set(pair.slice(0, at), pair.slice(at + 1));
  }
}
