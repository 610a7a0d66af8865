/** The other side's story: what the provider charged and sent, what the publisher's site was told. */
export type Ledgers = {
  charges: { id: string; reference: string; amountMinor: number; state: string }[];
  messages: { reference: string; channel: 'sms' | 'email'; to: string; acceptedAt: string }[];
  reports: { id: string; resultCode: number; answered: number | null; sentAt: string }[];
  callbacks: {
    path: string;
    query: Record<string, string>;
    headers: Record<string, string>;
    receivedAt: string;
  }[];
  /** What arrived, with its text. */
  inbox: { to: string; text: string; channel: 'sms' | 'email'; messageId: string; refId?: string }[];
};

export async function readLedgers(sandboxUrl: string): Promise<Ledgers> {
  const read = async <Body>(path: string): Promise<Body> =>
    JSON.parse(await (await fetch(`${sandboxUrl}/control${path}`)).text());
  const [{ charges, messages, reports }, { callbacks }, inbox] = await Promise.all([
    read<Pick<Ledgers, 'charges' | 'messages' | 'reports'>>('/ledger'),
    read<Pick<Ledgers, 'callbacks'>>('/callbacks?path=/publisher/callback/crash'),
    read<{ messages: Ledgers['inbox'] }>('/messages'),
  ]);
  return { charges, messages, reports, callbacks, inbox: inbox.messages };
}

/** Our reference of a message: an e-mail carries it in its Message-ID, an SMS as it is. */
export function referenceOf(message: { reference: string }): string {
  return message.reference.replace(/^<|@.*$/g, '');
}
