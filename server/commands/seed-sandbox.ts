import { seedDemoCatalogue } from '../catalogue/seed-demo-catalogue.ts';
import type { Secrets } from '../config/secrets.ts';
import type { Context } from '../context.ts';
import { deriveWebhookCredentials, type WebhookCredentials } from '../kit/webhook-credentials.ts';
import { listDemoAccounts } from '../payments/merchants/find-method.ts';
import { saveMethodSettings } from '../payments/merchants/save-method-settings.ts';
import { seedDemoPublisher } from '../publishers/seed-demo-publisher.ts';

const registerEveryMilliseconds = 3000;

/**
 * Gives a node in sandbox mode its demo publisher, catalogue and payment methods. Doing it again changes
 * nothing.
 */
export async function seedSandbox(context: Context): Promise<void> {
  const publisherId = await seedDemoPublisher(context);
  await seedDemoCatalogue(context, publisherId);
  const credentialsFor = (purpose: string) =>
    deriveWebhookCredentials(context.secrets.webhookCredentials, purpose);
  const place = { sandboxUrl: sandboxUrl(context), credentialsFor };
  for (const { method, merchantId = '', settingsFor } of listDemoAccounts()) {
    await saveMethodSettings(context, { publisherId, merchantId, method }, settingsFor(place));
  }
  await Promise.all([context.methods.refresh(), context.publishers.refresh()]);
  context.catalogue.forget(publisherId);
}

/** Keeps the sandbox told where delivery reports go: it may start later than we do, or be started again. */
export async function keepGatesRegistered(context: Context, port: number): Promise<{ stop(): void }> {
  const register = () => registerGates(context, port);
  await register();
  const timer = setInterval(() => void register(), registerEveryMilliseconds);
  return { stop: () => clearInterval(timer) };
}

function sandboxUrl(context: Context): string {
  return `http://127.0.0.1:${context.settings.sandboxPort}`;
}

/** The address and credentials of the sandbox's reports about charges. */
export function chargeCredentials(context: {
  secrets: Pick<Secrets, 'webhookCredentials'>;
}): WebhookCredentials {
  return deriveWebhookCredentials(context.secrets.webhookCredentials, 'charges');
}

async function registerGates(context: Context, port: number): Promise<void> {
  const base = `http://127.0.0.1:${port}/capi/notices`;
  const sandbox = sandboxUrl(context);
  const charges = chargeCredentials(context);
  await putGate(sandbox, 'charges', `${base}/link-mobility-sms/${charges.token}`, charges);
  const messages = context.messageCredentials;
  await putGate(sandbox, 'messages', `${base}/link-mobility-messages/${messages.token}`, messages);
}

async function putGate(
  sandbox: string,
  gateId: string,
  url: string,
  gate: WebhookCredentials,
): Promise<void> {
  const { username, password } = gate;
  try {
    await fetch(`${sandbox}/control/link/gates/${gateId}`, {
      method: 'PUT',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ url, username, password }),
      signal: AbortSignal.timeout(2000),
    });
  } catch {
    // The sandbox is not there; the next round finds it.
  }
}
