import { contactAddress } from '../safe-text.ts';

/** Where a seller is reached: a link that writes or calls, or words where it is neither of these. */
export function Contact({ contact }: { contact: string }): JSX.Element {
  const address = contactAddress(contact);
  if (address === undefined) {
    return (
      <span class="contact" safe>
        {contact}
      </span>
    );
  }
  return (
    <a class="contact" href={address} safe>
      {contact}
    </a>
  );
}
