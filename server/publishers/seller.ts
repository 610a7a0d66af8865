import type { Publisher } from './publisher.ts';
import type { PublisherSettings } from './publisher-settings.ts';

/** What a page says of the publisher as a seller; empty texts where nothing is set. */
export type Seller = Pick<
  PublisherSettings,
  | 'legalName'
  | 'organisationNumber'
  | 'address'
  | 'contactEmail'
  | 'contactPhone'
  | 'termsUrl'
  | 'privacyUrl'
  | 'colour'
> & {
  /** Where the page shows it; its answer must allow the picture (`withLogo`). */
  logoUrl?: string | undefined;
  /** Where a reader withdraws from a contract; nothing where the publisher offers it to nobody. */
  withdrawUrl?: string | undefined;
};

/** The foot and the colour of a page whose publisher is known. */
export function sellerOf({ publisherId, settings }: Pick<Publisher, 'publisherId' | 'settings'>): Seller {
  const withdrawUrl = settings.withdrawal === 'off' ? undefined : `/user/withdraw?publisherId=${publisherId}`;
  const { legalName, organisationNumber, address, contactEmail, contactPhone } = settings;
  const { termsUrl, privacyUrl, colour } = settings;
  const named = { legalName, organisationNumber, address, contactEmail, contactPhone };
  return { ...named, termsUrl, privacyUrl, colour, withdrawUrl };
}
