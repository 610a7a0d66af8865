import { createHmac } from 'node:crypto';
import { seedDemoCatalogue } from '../catalogue/seed-demo-catalogue.ts';
import type { Context } from '../context.ts';
import { linkMobilitySms } from '../payments/methods/link-mobility-sms/method.ts';
import { saveMethodSettings } from '../payments/save-method-settings.ts';
import { seedDemoPublisher } from '../publishers/seed-demo-publisher.ts';

const registerEveryMilliseconds = 3000;

/**
 * Gives a node in sandbox mode its demo publisher, catalogue and payment methods, and keeps the sandbox told
 * where delivery reports go: it may start later than we do, or be started again.
 */
export async function seedSandbox(context: Context): Promise<{ stop(): void }> {
  const publisherId = await seedDemoPublisher(context);
  await seedDemoCatalogue(context, publisherId);
  const sandboxUrl = `http://127.0.0.1:${context.settings.sandboxPort}`;
  const charges = chargeGate(context);
  await saveMethodSettings(
    context,
    { publisherId, merchantId: '', method: linkMobilitySms },
    {
      baseUrl: `${sandboxUrl}/link`,
      username: 'leveret',
      password: 'link-demo-password',
      platformId: 'SANDBOX',
      platformPartnerId: '1',
      gateId: 'charges',
      gateToken: charges.token,
      gateUsername: charges.username,
      gatePassword: charges.password,
      shortNumber: '2270',
      strexMerchantId: 'mer_demo',
      productCategory: '25',
    },
  );
  await Promise.all([context.methods.refresh(), context.publishers.refresh()]);
  context.catalogue.forget(publisherId);
  const register = () => registerGates(context, sandboxUrl, charges);
  void register();
  const timer = setInterval(() => void register(), registerEveryMilliseconds);
  return { stop: () => clearInterval(timer) };
}

type Gate = { token: string; username: string; password: string };

function chargeGate(context: Context): Gate {
  const derive = (what: string) =>
    createHmac('sha256', context.secrets.reportGates)
      .update(`charges ${what}`)
      .digest('base64url')
      .slice(0, 32);
  return { token: derive('token'), username: 'leveret', password: derive('password') };
}

async function registerGates(context: Context, sandboxUrl: string, charges: Gate): Promise<void> {
  const base = `http://127.0.0.1:${context.settings.port}/capi/notices`;
  await putGate(sandboxUrl, 'charges', `${base}/link-mobility-sms/${charges.token}`, charges);
  const messages = context.messageGate;
  await putGate(sandboxUrl, 'messages', `${base}/link-mobility-messages/${messages.token}`, messages);
}

async function putGate(sandboxUrl: string, gateId: string, url: string, gate: Gate): Promise<void> {
  const { username, password } = gate;
  try {
    await fetch(`${sandboxUrl}/control/link/gates/${gateId}`, {
      method: 'PUT',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ url, username, password }),
      signal: AbortSignal.timeout(2000),
    });
  } catch {
    // The sandbox is not there; the next round finds it.
  }
}
