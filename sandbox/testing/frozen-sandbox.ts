import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { TestContext } from 'node:test';
import type { Charge, Ledger } from '../kit/ledger.ts';
import type { DeliveryReport } from '../link/delivery-report.ts';
import { type Sandbox, type SandboxOptions, startSandbox } from '../start-sandbox.ts';

export type Reply = { status: number; headers: Headers; text: string; json: Record<string, unknown> };
export type Tried = Sandbox & {
  call(method: string, path: string, body?: unknown, headers?: Record<string, string>): Promise<Reply>;
  advance(seconds: number): Promise<Reply>;
  ledger(): Promise<ReturnType<Ledger['everything']>>;
};

const login = `Basic ${Buffer.from('leveret:link-demo-password').toString('base64')}`;

/**
 * A sandbox whose time stands still, closed when the test ends. No server is behind it unless one is given.
 */
export async function startFrozen(test: TestContext, options: Partial<SandboxOptions> = {}): Promise<Tried> {
  const sandbox = await startSandbox({
    port: 0,
    smtpPort: 0,
    realTime: false,
    serverUrl: 'http://127.0.0.1:1',
    ...options,
  });
  test.after(() => sandbox.close());
  return tried(sandbox);
}

/** Wraps a sandbox in what tests ask of it. */
export function tried(sandbox: Sandbox): Tried {
  const call: Tried['call'] = async (method, path, body, headers = {}) => {
    const content =
      body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) };
    const response = await fetch(new URL(path, sandbox.url), {
      method,
      redirect: 'manual',
      headers: {
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...(path.startsWith('/link') ? { authorization: login } : {}),
        ...headers,
      },
      ...content,
    });
    const text = await response.text();
    const isJson = response.headers.get('content-type')?.includes('json') ?? false;
    const json = (isJson ? JSON.parse(text) : {}) as Record<string, unknown>;
    return { status: response.status, headers: response.headers, text, json };
  };
  return {
    ...sandbox,
    call,
    advance: (seconds) => call('POST', '/control/clock/advance', { seconds }),
    ledger: async () => (await call('GET', '/control/ledger')).json as ReturnType<Ledger['everything']>,
  };
}

export type Received = { path: string; headers: IncomingHttpHeaders; body: string };
export type Listener = {
  url: string;
  received: Received[];
  reports(): DeliveryReport[];
  answers: number[];
  next: Promise<Received>;
};

/** A client's own HTTP server: keeps what it hears, and answers with `answers` in turn, then 200. */
export async function startListener(test: TestContext): Promise<Listener> {
  const received: Received[] = [];
  const answers: number[] = [];
  const { promise: next, resolve } = Promise.withResolvers<Received>();
  const server = createServer((request, response) => {
    let body = '';
    request.setEncoding('utf8').on('data', (chunk: string) => {
      body += chunk;
    });
    request.on('end', () => {
      const one = { path: request.url ?? '', headers: request.headers, body };
      received.push(one);
      response.writeHead(answers.shift() ?? 200).end();
      resolve(one);
    });
  });
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
  test.after(() => {
    server.closeAllConnections();
    server.close();
  });
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  const reports = () => received.map((one) => JSON.parse(one.body) as DeliveryReport);
  return { url: `http://127.0.0.1:${port}`, received, reports, answers, next };
}

export const gateLogin = { username: 'gate', password: 'gate-password' };

/** Registers LINK's default gate at a listener. */
export function openGate(sandbox: Tried, listener: Listener, gateId = 'sandbox'): Promise<Reply> {
  return sandbox.call('PUT', `/control/link/gates/${gateId}`, { url: `${listener.url}/dlr`, ...gateLogin });
}

/** A message that LINK accepts. */
export function textMessage(destination: string, changes: object = {}): Record<string, unknown> {
  return {
    source: 'Leveret',
    destination,
    userData: 'Hello',
    platformId: 'SANDBOX',
    platformPartnerId: '1',
    refId: `ref${destination}`,
    ignoreResponse: false,
    ...changes,
  };
}

/** A charge without a text that LINK accepts: 99 NOK. */
export function chargeMessage(destination: string, changes: object = {}): Record<string, unknown> {
  const { userData: _, ...message } = textMessage(destination);
  return {
    ...message,
    source: '2080',
    sourceTON: 'SHORTNUMBER',
    tariff: 9900,
    currency: 'NOK',
    productCategory: 25,
    productDescription: 'Demo, one month',
    customParameters: {
      chargeOnly: 'true',
      authorize: 'true',
      'strex.username': 'demo',
      'strex.securityLevel': '2',
    },
    ...changes,
  };
}

/** Sends a charge and gives its entry in the ledger. */
export async function charge(sandbox: Tried, destination: string, changes: object = {}): Promise<string> {
  const reply = await sandbox.call('POST', '/link/sms/send', chargeMessage(destination, changes));
  return String(reply.json['messageId']);
}

/** The charge with this id as it is booked now. */
export async function bookedCharge(sandbox: Tried, id: string): Promise<Charge | undefined> {
  return (await sandbox.ledger()).charges.find((one) => one.id === id);
}
