import type { PageAnswer } from '../../kit/http/endpoint.ts';
import { setParameter } from '../../kit/set-parameter.ts';
import { allowAddress } from '../../publishers/allowed-address.ts';
import type { PublisherDirectory } from '../../publishers/find-publisher.ts';
import type { LinkRow } from '../find-login-link.ts';
import type { ClosedReason } from '../link-closed.ts';

type Context = {
  settings: { publicUrl: string };
  publishers: Pick<PublisherDirectory, 'findClient'>;
};

/** What a client's error page is told. `cancelled` is a reader who turned back from a link that works. */
export type LinkError = ClosedReason | 'link_expired' | 'cancelled';

/**
 * Where the reader goes after login; nothing where the client named no address or has taken it off its list.
 */
export function returnAddressOf(context: Context, link: LinkRow): Promise<string | undefined> {
  return findListed(context, link, link.return_url);
}

export async function errorAddressOf(
  context: Context,
  link: LinkRow,
  error: LinkError,
): Promise<string | undefined> {
  const address = await findListed(context, link, link.error_url);
  return address === undefined ? undefined : setParameter(address, 'error', error);
}

/**
 * Addresses were checked when they were given, and are checked again when a reader is sent there. A client
 * that was disabled leads nobody on.
 */
async function findListed(
  context: Context,
  link: LinkRow,
  address: string | null,
): Promise<string | undefined> {
  if (address === null) return undefined;
  // A page of ours that asked for the code; it shows nothing that the reader may not see.
  if (address.startsWith(`${context.settings.publicUrl}/user/agreement/`)) return address;
  const client = await context.publishers.findClient(link.client_id);
  if (!client || client.isDisabled || client.publisher.publisherId !== link.publisher_id) return undefined;
  const matched = allowAddress(client, 'returnUrl', address, context.settings.publicUrl);
  return matched.ok ? matched.url : undefined;
}

/**
 * Lets a form's answer redirect to these addresses. The scheme is named rather than the origin, because
 * Chromium holds every further redirect to the list as well, and a publisher's page may go on to another
 * host.
 */
export function formTargets(...addresses: readonly (string | undefined)[]): Pick<PageAnswer, 'allows'> {
  const schemes = new Set(addresses.flatMap((address) => (address ? new URL(address).protocol : [])));
  return schemes.size === 0 ? {} : { allows: { 'form-action': [...schemes] } };
}
