import { createTransport, type SMTPPoolOptions, type Transporter } from 'nodemailer';
import { emailOnTheWire } from '../../../kit/email-address.ts';
import type { MessageChannel, OutgoingMessage, SendOutcome } from '../message-channel.ts';
import { smtpFailure } from './smtp-failure.ts';

/** `secure` is TLS from the first byte; else STARTTLS is used where offered, and required with a password. */
export type SmtpSettings = {
  host: string;
  port: number;
  secure: boolean;
  user?: string;
  password?: string;
  /** The sender as mail programs write it: `Name <address>` or an address. */
  from: string;
  /**
   * Where mail servers report to (the envelope's sender, RFC 5321 4.4), the message's token put behind a `+`;
   * without it that is the sender's own address.
   */
  bounceAddress?: string;
  /** Stands after the `@` of every Message-ID. */
  messageIdDomain: string;
  /** How long one message may take in all, 60 unless given. Silence of half of that ends a connection. */
  sendTimeoutSeconds?: number;
};

export type SmtpChannel = MessageChannel & { close: () => void };

/**
 * E-mail over SMTP (RFC 5321) with a small pool of connections. Every message carries a stable Message-ID and
 * `Auto-Submitted: auto-generated` (RFC 3834). The pool never sends a message again by itself once a byte of
 * it has left: such a message ends `unknown`, and the caller decides. `close` lets running sends finish.
 */
export function createSmtpChannel(settings: SmtpSettings): SmtpChannel {
  const transport = createTransport(poolOptions(settings));
  const leftStreams = watchMessageStreams(transport);
  return {
    name: 'smtp',
    close: () => transport.close(),
    async send(message) {
      const mail = composeMail(message, settings);
      if (mail.kind === 'refused') return mail;
      try {
        const sent = await transport.sendMail(mail.options);
        return { kind: 'accepted', providerMessageId: sent.messageId };
      } catch (error) {
        return smtpFailure(error, leftStreams.hasLeft(mail.options.messageId));
      } finally {
        leftStreams.forget(mail.options.messageId);
      }
    },
  };
}

/**
 * Goes as far as a message does before its sender is named: connects, begins TLS where offered, logs in. The
 * reason where that fails, made of codes; nothing where e-mail can go out.
 */
export async function greetMailServer(settings: SmtpSettings): Promise<string | undefined> {
  const transport = createTransport(poolOptions(settings));
  try {
    await transport.verify();
    return undefined;
  } catch (error) {
    return smtpFailure(error, false).reason;
  } finally {
    transport.close();
  }
}

function poolOptions(settings: SmtpSettings): SMTPPoolOptions & { pool: true } {
  const silenceMs = sendTimeoutMs(settings) / 2;
  const auth =
    settings.user === undefined ? {} : { auth: { user: settings.user, pass: settings.password ?? '' } };
  return {
    ...auth,
    pool: true,
    host: settings.host,
    port: settings.port,
    secure: settings.secure,
    requireTLS: !settings.secure && settings.user !== undefined,
    maxConnections: 4,
    maxMessages: 100,
    maxRequeues: 1,
    connectionTimeout: Math.min(10_000, silenceMs),
    greetingTimeout: Math.min(10_000, silenceMs),
    dnsTimeout: Math.min(10_000, silenceMs),
    socketTimeout: silenceMs,
    disableFileAccess: true,
    disableUrlAccess: true,
  };
}

function sendTimeoutMs(settings: SmtpSettings): number {
  return (settings.sendTimeoutSeconds ?? 60) * 1000;
}

type ComposedMail = { kind: 'mail'; options: MailOptions } | Extract<SendOutcome, { kind: 'refused' }>;
type MailOptions = ReturnType<typeof mailOptions>;

function composeMail(message: OutgoingMessage, settings: SmtpSettings): ComposedMail {
  if (message.content.kind !== 'email') return { kind: 'refused', reason: 'smtp carries e-mail only' };
  if (!isOneAddress(message.to))
    return { kind: 'refused', reason: 'the recipient is not one e-mail address' };
  return { kind: 'mail', options: mailOptions(message, message.content, settings) };
}

function mailOptions(
  message: OutgoingMessage,
  content: Extract<OutgoingMessage['content'], { kind: 'email' }>,
  settings: SmtpSettings,
) {
  return {
    from: settings.from,
    to: { name: '', address: emailOnTheWire(message.to) },
    ...envelopeOf(message, settings),
    subject: content.subject,
    text: content.text,
    html: content.html,
    messageId: `<${message.messageId}@${settings.messageIdDomain}>`,
    headers: { 'Auto-Submitted': 'auto-generated', 'X-Auto-Response-Suppress': 'All' },
    signal: AbortSignal.timeout(sendTimeoutMs(settings)),
  };
}

function envelopeOf(message: OutgoingMessage, { bounceAddress }: SmtpSettings) {
  if (bounceAddress === undefined) return {};
  const from = bounceAddress.replace('@', `+${message.reportToken}@`);
  return { envelope: { from, to: emailOnTheWire(message.to) } };
}

/** A list, a display name or a line break in the address would send the mail to somebody else too. */
function isOneAddress(address: string): boolean {
  return address.length <= 254 && /^[^\s<>(),;:"@\\]+@[^\s<>(),;:"@\\]+$/.test(address);
}

/**
 * Tells whether a message's stream was ever read. It is read only after the server has said yes to DATA,
 * which is where a lost connection stops meaning "not sent".
 */
function watchMessageStreams(transport: Transporter) {
  const streams = new Map<string, { readableDidRead: boolean }[]>();
  transport.use('stream', (mail, done) => {
    const node = mail.message;
    const createReadStream = node.createReadStream.bind(node);
    const mine: { readableDidRead: boolean }[] = [];
    streams.set(node.messageId(), mine);
    node.createReadStream = (options) => {
      const stream = createReadStream(options);
      mine.push(stream);
      return stream;
    };
    done();
  });
  return {
    hasLeft: (messageId: string) => streams.get(messageId)?.some((stream) => stream.readableDidRead) ?? false,
    forget: (messageId: string) => streams.delete(messageId),
  };
}
