import type { Pool } from 'pg';
import { connectStubbornClient } from '../builders/stubborn-client.ts';
import { until } from '../builders/until.ts';
import type { Shop } from './buy.ts';
import { openPaymentDesk } from './payment-desk.ts';

type Place = {
  publicUrl: string;
  addresses: readonly string[];
  sandboxUrl: string;
  pool: Pool;
  /** How long a buyer waits on our page for the outcome; a minute unless said. */
  waitingMilliseconds?: number;
};

/** The demo publisher's site with its buyers, at nodes that may come and go. */
export async function openShop(place: Place): Promise<Shop> {
  const { publicUrl, addresses, sandboxUrl, pool, waitingMilliseconds = 60_000 } = place;
  const desk = openPaymentDesk(sandboxUrl, pool);
  const client = await connectStubbornClient(addresses);
  return {
    client,
    sandboxUrl,
    street: { publicUrl, addresses, desk, waitingMilliseconds },
    // The phone asks as soon as the charge is made.
    async answerPhone(orderId, decision) {
      const decide = () => desk.decide(orderId, decision);
      await until('the phone to ask', decide, waitingMilliseconds, 50);
    },
  };
}
