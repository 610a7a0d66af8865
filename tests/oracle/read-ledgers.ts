/** The other side's story: what the provider charged and sent, what the publisher's site was told. */
export type Ledgers = {
  charges: {
    provider: string;
    id: string;
    reference: string;
    amountMinor: number;
    state: 'charged' | 'reserved' | 'released' | 'declined' | 'unknown';
    /** How much was taken; the whole amount where it is charged and this is missing. */
    capturedMinor?: number;
  }[];
  refunds: { chargeId: string; amountMinor: number }[];
  violations: { provider: string; method: string; path: string; rule: string }[];
  messages: { reference: string; channel: 'sms' | 'email'; to: string; acceptedAt: string }[];
  callbacks: {
    path: string;
    query: Record<string, string>;
    headers: Record<string, string>;
    receivedAt: string;
    /** The status that the site gave, or nothing where it gave none. */
    answered: number | null;
  }[];
  /** What arrived, with its text. */
  inbox: { to: string; text: string; channel: 'sms' | 'email'; messageId: string; refId?: string }[];
};

/** Where buyers ask to be called back, so that one run's callbacks can be read. */
export const callbackPath = '/publisher/callback/told';

export async function readLedgers(sandboxUrl: string): Promise<Ledgers> {
  const read = async <Body>(path: string): Promise<Body> =>
    JSON.parse(await (await fetch(`${sandboxUrl}/control${path}`)).text());
  const [{ charges, refunds, messages }, { callbacks }, inbox, { violations }] = await Promise.all([
    read<Pick<Ledgers, 'charges' | 'refunds' | 'messages'>>('/ledger'),
    read<Pick<Ledgers, 'callbacks'>>(`/callbacks?path=${callbackPath}`),
    read<{ messages: Ledgers['inbox'] }>('/messages'),
    read<Pick<Ledgers, 'violations'>>('/violations'),
  ]);
  return { charges, refunds, violations, messages, callbacks, inbox: inbox.messages };
}

/** Our reference of a message: an e-mail carries it in its Message-ID, an SMS as it is. */
export function referenceOf(message: { reference: string }): string {
  return message.reference.replace(/^<|@.*$/g, '');
}
