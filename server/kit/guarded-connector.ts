import { isIP, isIPv6, type LookupFunction } from 'node:net';
import { rootCertificates } from 'node:tls';
import { buildConnector } from 'undici';
import type { AddressGuard } from './address-guard.ts';

/** The guard's refusal on its way through the HTTP library's connection errors. */
export class ConnectionRefusal extends Error {
  readonly reason: 'address_blocked' | 'dns_failed';

  constructor(reason: 'address_blocked' | 'dns_failed', rule: string) {
    super(rule);
    this.name = 'ConnectionRefusal';
    this.reason = reason;
  }
}

/**
 * Connects only where the guard allows. A name is resolved once per connection and the socket gets exactly
 * the checked addresses; a literal address never reaches a lookup and is checked by itself; the address
 * that was really reached is checked again before a byte of the request is written.
 */
export function createGuardedConnector(
  guard: AddressGuard,
  options: { connectTimeoutMilliseconds: number; trustedCertificates?: readonly string[] | undefined },
): buildConnector.connector {
  const connect = buildConnector({
    timeout: options.connectTimeoutMilliseconds,
    allowH2: false,
    autoSelectFamily: true,
    autoSelectFamilyAttemptTimeout: 500,
    lookup: guardedLookup(guard),
    ...(options.trustedCertificates && { ca: [...rootCertificates, ...options.trustedCertificates] }),
  });
  return (target, callback) => {
    const literalRule = isIP(target.hostname) === 0 ? undefined : guard.checkAddress(target.hostname);
    if (literalRule !== undefined) {
      process.nextTick(callback, new ConnectionRefusal('address_blocked', literalRule), null);
      return;
    }
    connect(target, (...[error, socket]) => {
      if (error) return callback(error, null);
      const rule = guard.checkAddress(socket.remoteAddress ?? '');
      if (rule === undefined) return callback(null, socket);
      socket.destroy();
      callback(new ConnectionRefusal('address_blocked', rule), null);
    });
  };
}

function guardedLookup(guard: AddressGuard): LookupFunction {
  return (hostname, options, callback) => {
    void guard.checkHost(hostname).then((host) => {
      if (!host.ok) return callback(new ConnectionRefusal(host.reason, host.rule), '');
      const found = host.addresses.map((address) => ({ address, family: isIPv6(address) ? 6 : 4 }));
      if (options.all) return callback(null, found);
      callback(null, found[0]?.address ?? '', found[0]?.family);
    });
  };
}
