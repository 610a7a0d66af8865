import { seedDemoCatalogue } from '../catalogue/seed-demo-catalogue.ts';
import type { Secrets } from '../config/secrets.ts';
import type { Context } from '../context.ts';
import { deriveReportGate, type ReportGate } from '../kit/report-gate.ts';
import { saveMethodSettings } from '../payments/accounts/save-method-settings.ts';
import { seedDemoPublisher } from '../publishers/seed-demo-publisher.ts';
import { demoMethods } from './demo-methods/list.ts';

const registerEveryMilliseconds = 3000;

/**
 * Gives a node in sandbox mode its demo publisher, catalogue and payment methods. Doing it again changes
 * nothing.
 */
export async function seedSandbox(context: Context): Promise<void> {
  const publisherId = await seedDemoPublisher(context);
  await seedDemoCatalogue(context, publisherId);
  const gateFor = (purpose: string) => deriveReportGate(context.secrets.reportGates, purpose);
  const place = { sandboxUrl: sandboxUrl(context), gateFor };
  for (const { method, merchantId = '', settingsFor } of demoMethods) {
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
export function chargeGate(context: { secrets: Pick<Secrets, 'reportGates'> }): ReportGate {
  return deriveReportGate(context.secrets.reportGates, 'charges');
}

async function registerGates(context: Context, port: number): Promise<void> {
  const base = `http://127.0.0.1:${port}/capi/notices`;
  const sandbox = sandboxUrl(context);
  const charges = chargeGate(context);
  await putGate(sandbox, 'charges', `${base}/link-mobility-sms/${charges.token}`, charges);
  const messages = context.messageGate;
  await putGate(sandbox, 'messages', `${base}/link-mobility-messages/${messages.token}`, messages);
}

async function putGate(sandbox: string, gateId: string, url: string, gate: ReportGate): Promise<void> {
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
