import type { Readable } from 'node:stream';
import { simpleParser } from 'mailparser';

export type ReadMail = {
  from: string;
  to: string[];
  subject: string;
  text: string;
  html?: string;
  messageId: string;
};
type Session = { envelope: { mailFrom: false | { address: string }; rcptTo: { address: string }[] } };

/** Parses a mail; those it is for are the envelope's recipients, not what its headers say. */
export async function readMail(stream: Readable, session: Session): Promise<ReadMail> {
  const { mailFrom, rcptTo } = session.envelope;
  // The envelope is cleared when the client goes on to its next mail.
  const to = rcptTo.map((recipient) => recipient.address);
  const parsed = await simpleParser(stream, { skipTextToHtml: true, skipImageLinks: true });
  return {
    from: parsed.from?.text ?? (mailFrom ? mailFrom.address : ''),
    to,
    subject: parsed.subject ?? '',
    text: parsed.text ?? '',
    messageId: parsed.messageId ?? '',
    ...(parsed.html ? { html: parsed.html } : {}),
  };
}
