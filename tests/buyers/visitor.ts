/** One answer, with no redirect followed. */
export type Seen = { status: number; location: string; html: string; headers: Headers };

/** A browser that does one thing at a time, keeps cookies, and says what a browser says. */
export type VisitorBrowser = {
  cookies: Map<string, string>;
  open(url: string, headers?: Record<string, string>, method?: 'GET' | 'HEAD'): Promise<Seen>;
  /** Sends fields with the nonce of the page that was shown last, or the one given. */
  press(url: string, fields: Record<string, string>, headers?: Record<string, string>): Promise<Seen>;
};

export const sentHere = {
  'sec-fetch-mode': 'navigate',
  'sec-fetch-dest': 'document',
  'sec-fetch-site': 'cross-site',
};

const madeUp = 'AAAAAAAAAAAAAAAAAAAAAA';

/** For a fixture that believes every visitor about its address, which is then another for each of them. */
export const behindProxy = { variables: () => ({ TRUSTED_PROXIES: '127.0.0.0/8,::1/128' }) };

let lastAddress = 0;
function nextAddress(): string {
  lastAddress += 1;
  return `10.${lastAddress >> 16}.${(lastAddress >> 8) & 255}.${lastAddress & 255}`;
}

/** `forges` a nonce of its own in place of one that our page gave, as a program can. */
export function openVisitor({ forges = false, address = nextAddress() } = {}): VisitorBrowser {
  const cookies = new Map<string, string>(forges ? [['__Host-leveret-browser', madeUp]] : []);
  let nonce = madeUp;

  async function exchange(
    url: string,
    init: RequestInit & { headers: Record<string, string> },
  ): Promise<Seen> {
    const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    const reply = await fetch(url, {
      ...init,
      headers: {
        accept: 'text/html',
        'x-forwarded-for': address,
        ...init.headers,
        ...(cookie !== '' && { cookie }),
      },
      redirect: 'manual',
    });
    for (const line of reply.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
      cookies.set(name, value);
    }
    const html = await reply.text();
    nonce = /name="nonce" value="([^"]+)"/.exec(html)?.[1] ?? nonce;
    return {
      status: reply.status,
      location: reply.headers.get('location') ?? '',
      html,
      headers: reply.headers,
    };
  }

  return {
    cookies,
    open: (url, headers = sentHere, method = 'GET') => exchange(url, { method, headers }),
    press: (url, fields, headers = { 'sec-fetch-site': 'same-origin' }) =>
      exchange(url, {
        method: 'POST',
        headers: { ...headers, 'content-type': 'application/x-www-form-urlencoded' },
        body: new URLSearchParams({ nonce, ...fields }).toString(),
      }),
  };
}
