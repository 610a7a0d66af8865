import type { Pool } from 'pg';
import { connectStubbornClient } from '../builders/stubborn-client.ts';
import type { Shop } from './buy.ts';
import { openPaymentDesk } from './payment-desk.ts';

type Place = {
  publicUrl: string;
  addresses: readonly string[];
  sandboxUrl: string;
  pool: Pool;
  /** How long a buyer waits on our page for the outcome; a minute unless said. */
  patienceMilliseconds?: number;
};

/** The demo publisher's site with its buyers, at nodes that may come and go. */
export async function openShop(place: Place): Promise<Shop> {
  const { publicUrl, addresses, sandboxUrl, pool, patienceMilliseconds = 60_000 } = place;
  const desk = openPaymentDesk(sandboxUrl, pool);
  const client = await connectStubbornClient(addresses);
  return { client, sandboxUrl, street: { publicUrl, addresses, desk, patienceMilliseconds } };
}
