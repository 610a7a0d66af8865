import type { PublisherDirectory } from './find-publisher.ts';
import type { Publisher } from './publisher.ts';
import { type Seller, sellerOf } from './seller.ts';

export type HomeDirectory = Pick<PublisherDirectory, 'findClient' | 'findPublisher' | 'findOnlyPublisher'>;

/** What a page on which nothing can be done says of the publisher, and where it leads on to. */
export type Home = {
  publisherName?: string;
  seller?: Seller;
  returnUrl?: string | undefined;
  locale?: string;
};

export function homeOfPublisher(publisher: Publisher): Home {
  const { name, settings, locale } = publisher;
  const returnUrl = settings.homeUrl || undefined;
  return { publisherName: name, seller: sellerOf(publisher), returnUrl, locale };
}

/**
 * The publisher of a page: the one that is known, else whose client the address names, else the only one at
 * this host. Empty where it may be any of several.
 */
export async function findHome(
  publishers: HomeDirectory,
  { publisherId, clientId }: { publisherId?: number | undefined; clientId?: string | undefined },
): Promise<Home> {
  const publisher =
    (publisherId === undefined ? undefined : await publishers.findPublisher(publisherId)) ??
    (clientId === undefined ? undefined : (await publishers.findClient(clientId))?.publisher) ??
    (await publishers.findOnlyPublisher());
  return publisher ? homeOfPublisher(publisher) : {};
}
