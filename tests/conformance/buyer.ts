/** What a buyer's browser met. */
export type Page = { status: number; location: string | undefined; html: string };

/** A buyer with a browser: keeps cookies, follows nothing by itself. */
export type Buyer = {
  open(url: string): Promise<Page>;
  /** Presses a button of the page at the address: a method, or to give up. */
  press(url: string, button: Button): Promise<Page>;
};

type Button = { method: string } | { code: string } | { newCode: '1' } | 'give up';

/** The code that the sandbox sends to every mobile. */
export const sentCode = '1234';

/** Types a code at once wherever a page wants one, unless told otherwise. */
export function openBrowserOf(origin: string, { typesCodes = true } = {}): Buyer {
  let cookie = '';
  let nonce = '';
  const visit = async (url: string, init: RequestInit = {}): Promise<Page> => {
    const headers = { ...(cookie !== '' && { cookie }), ...init.headers };
    const reply = await fetch(new URL(url, origin), { redirect: 'manual', ...init, headers });
    const html = await reply.text();
    const [set] = reply.headers.getSetCookie();
    if (set !== undefined) cookie = set.slice(0, set.indexOf(';'));
    nonce = /name="nonce" value="([\w-]+)"/.exec(html)?.[1] ?? nonce;
    const page = { status: reply.status, location: reply.headers.get('location') ?? undefined, html };
    return typesCodes && html.includes('name="code"') ? press(url, { code: sentCode }) : page;
  };
  const press = (url: string, button: Button) => {
    const address = new URL(url, origin);
    if (button === 'give up') address.searchParams.set('giveUp', '1');
    const form = { nonce, ...(button !== 'give up' && button) };
    // Our pages send no referrer, for which browsers write an origin of null.
    const headers = { origin: 'null', 'sec-fetch-site': 'same-origin' };
    return visit(address.href, { method: 'POST', headers, body: new URLSearchParams(form) });
  };
  return { open: (url) => visit(url), press };
}
