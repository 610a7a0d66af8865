import { until } from './until.ts';

/** A publisher's site as its developer would write it: plain HTTP with the demo client's token. */
export type DemoClient = {
  token: string;
  get(path: string): Promise<Reply>;
  post(path: string, body: unknown, headers?: Record<string, string>): Promise<Reply>;
  put(path: string, body: unknown): Promise<Reply>;
  patch(path: string, body: unknown): Promise<Reply>;
};

export type Reply = { status: number; headers: Headers; body: Record<string, JsonValue> };
export type JsonValue = string | number | boolean | null | JsonValue[] | { [name: string]: JsonValue };

const credentials = { id: 'no.leveret.demo', secret: 'leveret-demo-secret' };

export async function connectDemoClient(url: string, { id, secret } = credentials): Promise<DemoClient> {
  // A node on a busy machine may say that it is too busy; a client then comes again.
  return connectWithToken(url, await until('a token', () => fetchToken(url, id, secret), 30_000, 250));
}

/** The same with a token that is there, such as a reader's. */
export function connectWithToken(url: string, token: string): DemoClient {
  const send = async (path: string, init: RequestInit): Promise<Reply> => {
    const reply = await fetch(url + path, init);
    const text = await reply.text();
    return { status: reply.status, headers: reply.headers, body: text === '' ? {} : JSON.parse(text) };
  };
  const authorization = `Bearer ${token}`;
  const change = (method: string, path: string, body: unknown, headers = {}) =>
    send(path, {
      method,
      headers: { authorization, 'content-type': 'application/json', ...headers },
      body: JSON.stringify(body),
    });
  return {
    token,
    get: (path) => send(path, { headers: { authorization } }),
    post: (path, body, headers) => change('POST', path, body, headers),
    put: (path, body) => change('PUT', path, body),
    patch: (path, body) => change('PATCH', path, body),
  };
}

async function fetchToken(url: string, id: string, secret: string): Promise<string | undefined> {
  const reply = await fetch(`${url}/user/oauth/token`, {
    method: 'POST',
    headers: { authorization: `Basic ${Buffer.from(`${id}:${secret}`).toString('base64')}` },
    body: new URLSearchParams({ grant_type: 'client_credentials' }),
  });
  if (reply.status === 503) return undefined;
  const body: { access_token?: string } = JSON.parse(await reply.text());
  if (!body.access_token) throw new Error(`no token: ${reply.status}`);
  return body.access_token;
}
