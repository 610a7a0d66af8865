import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import type { Context } from './context.ts';
import type { Html } from './html.ts';
import type { Session } from './sessions.ts';

/** One request. A handler that begins or ends a session puts it here, and the cookie follows. */
export type Visit = {
  path: string;
  /** What stands for `:name` in the route. */
  name: string;
  query: URLSearchParams;
  form: URLSearchParams;
  session: Session | undefined;
};

export type Answer =
  | { status?: number; page: Html }
  | { status?: number; file: { type: string; content: string } }
  | { redirectTo: string };

export type Handler = (shop: Context, visit: Visit) => Promise<Answer>;

type Place = { port: number; host: string; routes: Readonly<Record<string, Handler>> };

const cookieName = 'demoposten';
const longestForm = 10_000;

/** A web server of Node alone. `prepare` is told the shop's address, which is known once it listens. */
export function serve(
  { port, host, routes }: Place,
  prepare: (url: string) => Context,
): Promise<{ url: string; close(): Promise<void> }> {
  const server = createServer();
  const close = () =>
    new Promise<void>((closed) => {
      server.close(() => closed());
      server.closeAllConnections();
    });
  return new Promise((resolve, reject) => {
    server.once('error', reject).listen(port, '127.0.0.1', () => {
      const url = `http://${host}:${(server.address() as AddressInfo).port}`;
      const shop = prepare(url);
      server.on('request', (request, response) => void answer(shop, routes, request, response));
      resolve({ url, close });
    });
  });
}

async function answer(
  shop: Context,
  routes: Place['routes'],
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const session = shop.sessions.find(readCookie(request));
  const visit: Visit = { ...readAddress(request, shop.url), form: new URLSearchParams(), session };
  const former = session?.id;
  const told = await tell(shop, routes, request, visit).catch((error: unknown): Answer => {
    console.error(error);
    return { status: 503, page: shop.pages.sorry('Something does not answer just now. Please try again.') };
  });
  response.setHeader('cache-control', 'no-store');
  response.setHeader('content-security-policy', shop.pages.policy);
  response.setHeader('x-content-type-options', 'nosniff');
  if (visit.session?.id !== former) response.setHeader('set-cookie', writeCookie(visit.session, shop.url));
  send(response, told);
}

async function tell(
  shop: Context,
  routes: Place['routes'],
  request: IncomingMessage,
  visit: Visit,
): Promise<Answer> {
  const handler = routes[routeOf(request, visit)];
  if (!handler) return { status: 404, page: shop.pages.sorry('There is no such page.') };
  if (request.method !== 'POST') {
    // Under another host than its own the cookie would be another one when the reader is sent back.
    const isAtHome = request.headers.host === new URL(shop.url).host;
    return isAtHome ? handler(shop, visit) : { redirectTo: `${shop.url}${request.url ?? '/'}` };
  }
  if (request.headers.origin !== shop.url)
    return { status: 403, page: shop.pages.sorry('This form stands on another site.') };
  visit.form = new URLSearchParams(await readForm(request));
  return handler(shop, visit);
}

function send(response: ServerResponse, told: Answer): void {
  if ('redirectTo' in told) {
    response.writeHead(303, { location: told.redirectTo }).end();
    return;
  }
  const { type, content } =
    'file' in told
      ? told.file
      : { type: 'text/html; charset=utf-8', content: `<!doctype html>\n${told.page.text}` };
  response.writeHead(told.status ?? 200, { 'content-type': type }).end(content);
}

function readAddress({ url: address = '/' }: IncomingMessage, base: string) {
  const url = new URL(base + (address.startsWith('/') ? address : '/'));
  return { path: url.pathname, name: url.pathname.split('/')[2] ?? '', query: url.searchParams };
}

/** `GET /articles/:name` for `/articles/ferry`. */
function routeOf({ method = '' }: IncomingMessage, { path }: Visit): string {
  const [, place = '', ...names] = path.split('/');
  return `${method === 'HEAD' ? 'GET' : method} /${place}${names.map(() => '/:name').join('')}`;
}

async function readForm(request: IncomingMessage): Promise<string> {
  const length = Number(request.headers['content-length'] ?? Infinity);
  return length <= longestForm ? text(request) : '';
}

function readCookie({ headers }: IncomingMessage): string | undefined {
  const cookies = (headers.cookie ?? '').split(';').map((one) => one.trim());
  return cookies.find((one) => one.startsWith(`${cookieName}=`))?.slice(cookieName.length + 1);
}

/** Lax, so that it comes along when the reader is sent back from Leveret. */
function writeCookie(session: Session | undefined, url: string): string {
  const secure = url.startsWith('https:') ? '; Secure' : '';
  const end = session === undefined ? '; Max-Age=0' : '';
  return `${cookieName}=${session?.id ?? ''}; Path=/; HttpOnly; SameSite=Lax${secure}${end}`;
}
