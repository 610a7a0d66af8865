import { outsideAddress } from '../safe-text.ts';
import type { PageTexts } from '../texts/text-shape.ts';
import { Contact } from './contact.tsx';

/**
 * Who sells, in law, how to reach them, and on which terms; an empty text is left out. `logoUrl` and `colour`
 * (`#` and six hexadecimal digits) are how their pages look; `withdrawUrl` is where a reader withdraws from a
 * contract with them, and is there where they offer it.
 */
export type Seller = {
  legalName: string;
  organisationNumber: string;
  address: string;
  contactEmail: string;
  contactPhone: string;
  termsUrl: string;
  privacyUrl: string;
  logoUrl?: string | undefined;
  colour?: string | undefined;
  withdrawUrl?: string | undefined;
};

/**
 * The foot of every page whose publisher is known. The withdrawal function stands first and is never folded
 * away: directive 2011/83/EU, article 11a, wants it prominent and easy to reach. Nothing where there is none
 * and the publisher has named nothing.
 */
export function SellerFoot(props: { seller: Seller | undefined; texts: PageTexts }): JSX.Element {
  const { seller, texts } = props;
  if (seller === undefined) return '';
  const { legalName, organisationNumber, address, contactEmail, contactPhone } = seller;
  const number = organisationNumber && texts.shared.organisationNumber(organisationNumber);
  const parts = [legalName, number, address].filter((part) => part !== '');
  const contacts = [contactEmail, contactPhone].filter((part) => part !== '');
  const links = [
    { url: outsideAddress(seller.withdrawUrl), label: texts.checkout.withdraw },
    { url: outsideAddress(seller.termsUrl), label: texts.shared.terms },
    { url: outsideAddress(seller.privacyUrl), label: texts.shared.privacy },
  ].filter(({ url }) => url !== undefined);
  if (parts.length + contacts.length + links.length === 0) return '';
  return (
    <footer>
      {links.length === 0 ? '' : <Links links={links} />}
      {parts.length === 0 ? (
        ''
      ) : (
        <p class="quiet" safe>
          {parts.join(' · ')}
        </p>
      )}
      {contacts.length === 0 ? (
        ''
      ) : (
        <p class="quiet links">
          {contacts.map((contact) => (
            <Contact contact={contact} />
          ))}
        </p>
      )}
    </footer>
  );
}

/** In a window of their own: the buyer is in the middle of something. */
function Links(props: { links: readonly { url: string | undefined; label: string }[] }): JSX.Element {
  return (
    <p class="links">
      {props.links.map(({ url, label }) => (
        <a href={url} target="_blank" rel="noopener" safe>
          {label}
        </a>
      ))}
    </p>
  );
}
