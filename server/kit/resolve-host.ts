import { Resolver } from 'node:dns/promises';

/** Every address of a host name; an empty list when it has none. */
export type ResolveHost = (hostname: string) => readonly string[] | Promise<readonly string[]>;

/**
 * Asks the system's name servers. Not getaddrinfo, whose four threads a few hosts with dead name servers
 * would hold for everybody; so the hosts file is not read. The promise rejects when no server answers.
 */
export function createResolver(servers?: readonly string[]): ResolveHost {
  const resolver = new Resolver({ timeout: 1500, tries: 2 });
  if (servers) resolver.setServers(servers);
  return async (hostname) => {
    const [ipv4, ipv6] = await Promise.allSettled([resolver.resolve4(hostname), resolver.resolve6(hostname)]);
    const addresses = [ipv4, ipv6].flatMap((answer) => (answer.status === 'fulfilled' ? answer.value : []));
    if (addresses.length > 0) return addresses;
    const failure = [ipv4, ipv6].find((answer) => answer.status === 'rejected' && !saysNone(answer.reason));
    if (failure?.status === 'rejected') throw failure.reason;
    return [];
  };
}

function saysNone(error: unknown): boolean {
  return (
    error instanceof Error && 'code' in error && (error.code === 'ENODATA' || error.code === 'ENOTFOUND')
  );
}
