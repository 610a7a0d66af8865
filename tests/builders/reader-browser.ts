import { until } from './until.ts';

/** What a reader's browser is answered; a redirect is not followed. */
export type Seen = { status: number; location: string | null; html: string; headers: Record<string, string> };

export type ReaderBrowser = {
  open(path: string): Promise<Seen>;
  /** Sends a form of the page that was opened last, with its nonce. */
  post(path: string, fields?: Record<string, string>): Promise<Seen>;
};

/** A reader's browser without scripts, with cookies of its own, at an address that a trusted proxy names. */
export function openReaderBrowser(url: string, address?: string): ReaderBrowser {
  const cookies = new Map<string, string>();
  let nonce = '';

  async function send(path: string, init: RequestInit): Promise<Seen> {
    const target = new URL(path, url);
    const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    const headers = { ...init.headers, cookie, ...(address && { 'x-forwarded-for': address }) };
    // A node that has too much to do says so, and a reader tries again.
    const reply = await until('an answer', async () => {
      const answer = await fetch(target, { ...init, redirect: 'manual', headers });
      if (answer.status !== 503) return answer;
      await answer.text();
      return undefined;
    });
    for (const line of reply.headers.getSetCookie()) {
      const [pair = ''] = line.split(';');
      cookies.set(pair.slice(0, pair.indexOf('=')), pair.slice(pair.indexOf('=') + 1));
    }
    const html = await reply.text();
    nonce = /name="nonce" value="([^"]+)"/.exec(html)?.[1] ?? nonce;
    const location = reply.headers.get('location');
    return { status: reply.status, location, html, headers: Object.fromEntries(reply.headers) };
  }

  return {
    open: (path) => send(path, { method: 'GET' }),
    post: (path, fields = {}) =>
      send(path, {
        method: 'POST',
        headers: {
          'content-type': 'application/x-www-form-urlencoded',
          origin: 'null',
          'sec-fetch-site': 'same-origin',
        },
        body: new URLSearchParams({ nonce, ...fields }).toString(),
      }),
  };
}
