import type { Fixture } from './fixture.ts';

export type SeenCallback = {
  path: string;
  query: Record<string, string>;
  headers: Record<string, string>;
  body: string;
};
export type SeenMessage = {
  channel: 'sms' | 'email';
  to: string;
  text: string;
  html?: string;
  subject?: string;
};
export type SeenCharge = {
  reference: string;
  destination: string;
  amountMinor: number;
  state: string;
  description: string;
  details: Record<string, unknown>;
};

/** What the publisher's site got below a path. */
export async function callbacksAt(fixture: { sandboxUrl: string }, path: string): Promise<SeenCallback[]> {
  const body = await read<{ callbacks: SeenCallback[] }>(
    fixture,
    `/control/callbacks?path=${encodeURIComponent(path)}`,
  );
  return body.callbacks;
}

/** What a reader got by SMS and e-mail. */
export async function messagesTo(fixture: Fixture, to: string): Promise<SeenMessage[]> {
  const body = await read<{ messages: SeenMessage[] }>(
    fixture,
    `/control/messages?to=${encodeURIComponent(to)}`,
  );
  return body.messages;
}

/** What the provider booked for a mobile. */
export async function chargesOf(fixture: Fixture, mobile: string): Promise<SeenCharge[]> {
  const body = await read<{ charges: SeenCharge[] }>(fixture, '/control/ledger');
  return body.charges.filter((charge) => charge.destination === mobile);
}

/** Of these, those with a login link: a receipt may stand beside them. */
export async function linksTo(fixture: Fixture, to: string): Promise<SeenMessage[]> {
  return (await messagesTo(fixture, to)).filter(({ text }) => /\/l\/[\w-]{22}/.test(text));
}

/** The login link in a message. */
export function linkIn(message: SeenMessage): string {
  const link = /https?:\/\/[^\s/]+\/l\/[\w-]{22}/.exec(message.text)?.[0];
  if (!link) throw new Error('the message has no link');
  return link;
}

async function read<Body>(fixture: { sandboxUrl: string }, path: string): Promise<Body> {
  const reply = await fetch(fixture.sandboxUrl + path);
  return JSON.parse(await reply.text());
}
