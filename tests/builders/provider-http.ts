import type { TestContext } from 'node:test';
import { createAddressGuard } from '@leveret/server/kit/address-guard.js';
import { createHttpClient, type HttpClient } from '@leveret/server/kit/http-client.js';

/** The client that an adapter is given, closed with the test; lost answers are given up after a second. */
export function providerHttp(t: TestContext): HttpClient {
  const http = createHttpClient({
    name: 'providers',
    guard: createAddressGuard({ allowLoopback: true, blockedCidrs: [] }),
    connectTimeoutMilliseconds: 1000,
    totalTimeoutMilliseconds: 1000,
    maxInFlight: 4,
    maxQueued: 4,
    maxResponseBytes: 100_000,
  });
  t.after(() => http.close());
  return http.of({ publisherId: 1 });
}
