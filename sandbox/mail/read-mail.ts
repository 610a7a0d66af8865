import type { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { simpleParser } from 'mailparser';

export type ReadMail = {
  from: string;
  /** The envelope's sender; '' where it has none. */
  sender: string;
  to: string[];
  subject: string;
  text: string;
  html?: string;
  messageId: string;
  /** All before the first empty line, as it came. */
  header: string;
};
type Session = { envelope: { mailFrom: false | { address: string }; rcptTo: { address: string }[] } };

/** Parses a mail; those it is for are the envelope's recipients, not what its headers say. */
export async function readMail(stream: Readable, session: Session): Promise<ReadMail> {
  const { mailFrom, rcptTo } = session.envelope;
  // The envelope is cleared when the client goes on to its next mail.
  const to = rcptTo.map((recipient) => recipient.address);
  const sender = mailFrom ? mailFrom.address : '';
  const raw = await buffer(stream);
  const parsed = await simpleParser(raw, { skipTextToHtml: true, skipImageLinks: true });
  return {
    from: parsed.from?.text ?? sender,
    sender,
    to,
    subject: parsed.subject ?? '',
    text: parsed.text ?? '',
    messageId: parsed.messageId ?? '',
    header: raw.toString('utf8').split(/\r?\n\r?\n/, 1)[0] ?? '',
    ...(parsed.html ? { html: parsed.html } : {}),
  };
}
