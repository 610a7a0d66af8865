import type { Journal } from './journal.ts';
import { recipientKey } from './recipient.ts';

/**
 * What a person's phone or mailbox got. `messageId` is the provider's id, for e-mail the Message-ID header.
 */
export type Received = {
  channel: 'sms' | 'email';
  to: string;
  from: string;
  /** Of an e-mail: the envelope's sender, whom reports about it reach. */
  sender?: string;
  subject?: string;
  text: string;
  html?: string;
  receivedAt: string;
  messageId: string;
  refId?: string;
};

export type Inbox = {
  receive(message: Received): void;
  /** Oldest first; with `to`, only what that phone number or address got. */
  list(to?: string): Received[];
  /** Everyone who got something, whoever heard last first. */
  recipients(): { key: string; last: Received; count: number }[];
  forget(): void;
};

const mostKept = 20_000;

/** Every SMS and e-mail that arrived, the newest 20,000 with their text. */
export function openInbox(journal: Journal): Inbox {
  let received: (Received & { key: string })[] = [];
  const receive = journal.kind<Received>(
    'received',
    (message) => {
      received.push({ ...message, key: recipientKey(message.to) });
      if (received.length > mostKept * 1.1) received = received.slice(-mostKept);
    },
    () => received,
  );
  return {
    receive,
    list(to) {
      const wanted = to === undefined ? undefined : recipientKey(to);
      return received
        .filter((message) => wanted === undefined || message.key === wanted)
        .map(({ key: _, ...message }) => message);
    },
    recipients() {
      const found = new Map<string, { key: string; last: Received; count: number }>();
      for (const message of received.toReversed()) {
        const known = found.get(message.key);
        if (known) known.count += 1;
        else found.set(message.key, { key: message.key, last: message, count: 1 });
      }
      return [...found.values()];
    },
    forget() {
      received = [];
    },
  };
}
