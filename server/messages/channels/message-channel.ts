/** The rendered text of an SMS. */
export type SmsContent = { kind: 'sms'; text: string };

/** A rendered e-mail: plain text and HTML say the same. */
export type EmailContent = { kind: 'email'; subject: string; text: string; html: string };

export type MessageContent = SmsContent | EmailContent;

/**
 * One message to one person. `messageId` stays the same over all tries and becomes the Message-ID or the
 * gateway's reference, so that a repeat is recognisable. After `validitySeconds` nobody needs the message.
 */
export type OutgoingMessage = {
  /** Whose message it is: publishers take turns at a gateway. */
  publisherId: number;
  messageId: string;
  /** Names the message to whoever reports about it later; not to be guessed. */
  reportToken: string;
  to: string;
  content: MessageContent;
  validitySeconds: number;
};

/**
 * What a try came to: `accepted` by the provider, `refused` for good, `later` when it certainly was not sent
 * and another try may succeed, `unknown` when it may have been sent. Reasons hold no personal data.
 */
export type SendOutcome =
  | { kind: 'accepted'; providerMessageId: string }
  | { kind: 'refused'; reason: string }
  | { kind: 'later'; reason: string }
  | { kind: 'unknown'; reason: string };

/** A way to reach people. `send` answers with an outcome, whatever the provider does, and does not throw. */
export type MessageChannel = {
  name: string;
  send(message: OutgoingMessage): Promise<SendOutcome>;
};
