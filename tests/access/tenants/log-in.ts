import assert from 'node:assert/strict';
import { send } from '../send.ts';

/** Cookies as a browser sends them. */
export type Cookies = string;

const cookieOf = (headers: Headers) => headers.getSetCookie().map((cookie) => cookie.split(';')[0] ?? '');

/** Opens a page of ours and answers the cookies that a form needs, with the nonce that it sends. */
export async function openForm(
  url: string,
  cookies: Cookies = '',
): Promise<{ nonce: string; cookies: Cookies }> {
  const page = await send(url, 'GET', { headers: { cookie: cookies } });
  const own = [...cookieOf(page.headers), ...(cookies === '' ? [] : [cookies])].join('; ');
  const nonce = /leveret-browser=([\w-]{22})/.exec(own)?.[1] ?? '';
  return { nonce, cookies: own };
}

/** Presses the button of a login link; answers the cookies of the reader who is logged in then. */
export async function logIn(fixtureUrl: string, linkToken: string): Promise<Cookies> {
  const url = `${fixtureUrl}/l/${linkToken}`;
  const { nonce, cookies } = await openForm(url);
  const sent = await send(url, 'POST', {
    headers: { cookie: cookies, origin: fixtureUrl },
    body: new URLSearchParams({ nonce }).toString(),
  });
  const session = cookieOf(sent.headers).find((cookie) => /^(__Host-)?leveret=/.test(cookie));
  assert.ok(session, `not logged in: ${sent.status} ${sent.text}`);
  return `${cookies}; ${session}`;
}
