import assert from 'node:assert/strict';
import type { TestContext } from 'node:test';
import { startFrozen, type Tried } from '@leveret/sandbox/testing/frozen-sandbox.js';
import { findBrokenReply } from '@leveret/sandbox/vipps/contract.js';
import { Client } from '@vippsmobilepay/sdk';

type Sdk = ReturnType<typeof Client>;
type Answered<T> = { ok: true; data: T } | { ok: false; error: unknown };

export type OpenSdk = {
  sandbox: Tried;
  sdk: Sdk;
  /** An access token of the sandbox's sales unit. */
  token: string;
};

/** Where the SDK sends what is for the test environment; it cannot be told another address. */
const testEnvironment = 'https://apitest.vipps.no';

/**
 * The SDK as it is published, and a sandbox behind the one address that it knows. What the sandbox answers is
 * held to the published specification, too.
 */
export async function openVippsSdk(t: TestContext, made: Set<string>): Promise<OpenSdk> {
  const sandbox = await startFrozen(t);
  const { fetch } = globalThis;
  t.after(() => {
    globalThis.fetch = fetch;
  });
  globalThis.fetch = async (input, init) => {
    const response = await fetch(led(input, `${sandbox.url}/vipps`), init);
    if (input instanceof Request) await checkReply(input, response.clone());
    return response;
  };
  const client = Client({
    subscriptionKey: 'vipps-demo-key',
    merchantSerialNumber: '123456',
    systemName: 'leveret',
    systemVersion: '1',
    pluginName: 'leveret-tests',
    pluginVersion: '1',
    useTestMode: true,
    retryRequests: false,
  });
  const sdk = noting(client, '', made);
  const { access_token } = expectDone(await sdk.auth.getToken('leveret-demo', 'vipps-demo-secret'));
  return { sandbox, sdk, token: access_token };
}

/** What the SDK read of an answer that says yes; throws what it read of any other. */
export function expectDone<T>(answer: Answered<T>): T {
  if (answer.ok) return answer.data;
  throw new Error(`refused: ${JSON.stringify(answer.error)} ${String(answer.error)}`);
}

/** The problem that the SDK read of an answer that says no. */
export function expectRefused(answer: Answered<unknown>): Record<string, unknown> {
  if (!answer.ok) return answer.error as Record<string, unknown>;
  throw new Error(`not refused: ${JSON.stringify(answer.data)}`);
}

/** The names of all calls that the SDK has, as `part.call`. */
export function callsOf(part: object, path = ''): string[] {
  return Object.entries(part).flatMap(([name, value]) =>
    typeof value === 'function' ? [`${path}${name}`] : callsOf(value as object, `${path}${name}.`),
  );
}

async function checkReply({ method, url }: Request, response: Response): Promise<void> {
  const text = await response.text();
  if (text === '') return;
  const request = `${method} ${new URL(url).pathname}`;
  assert.equal(findBrokenReply(request, response.status, JSON.parse(text)), undefined, `${request}: ${text}`);
}

function led(input: RequestInfo | URL, base: string): RequestInfo | URL {
  if (!(input instanceof Request) || !input.url.startsWith(testEnvironment)) return input;
  return new Request(base + input.url.slice(testEnvironment.length), input);
}

/** The same client, and the name of each call that was made in `made`. */
function noting<T extends object>(part: T, path: string, made: Set<string>): T {
  return new Proxy(part, {
    get(target, name: string) {
      const value: unknown = Reflect.get(target, name);
      if (typeof value === 'object' && value !== null) return noting(value, `${path}${name}.`, made);
      made.add(path + name);
      return value;
    },
  });
}
