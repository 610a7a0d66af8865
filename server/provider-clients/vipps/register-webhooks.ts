import { type Static, Type } from 'typebox';
import type { HttpClient } from '../../kit/http-client.ts';
import type { JudgedAnswer } from '../../kit/judge-answer.ts';
import { readLeniently } from '../../kit/read-leniently.ts';
import { type VippsAccount, vippsAccountOf } from './account.ts';
import { callVipps } from './call-vipps.ts';

const events = [
  ...['aborted', 'expired', 'cancelled', 'captured', 'refunded', 'authorized', 'terminated'].map(
    (name) => `epayments.payment.${name}.v1`,
  ),
  ...['activated', 'rejected', 'stopped', 'expired'].map((name) => `recurring.agreement-${name}.v1`),
  ...['reserved', 'captured', 'canceled', 'refunded', 'failed', 'creation-failed'].map(
    (name) => `recurring.charge-${name}.v1`,
  ),
];

const path = '/webhooks/v1/webhooks';
const NotEmpty = Type.String({ minLength: 1 });
const Registered = Type.Object({ id: NotEmpty, secret: NotEmpty });
const Webhook = Type.Object({ id: Type.String(), url: Type.String(), events: Type.Array(Type.String()) });
const Listed = Type.Object({ webhooks: Type.Array(Webhook) });
type Webhook = Static<typeof Webhook>;

export type WebhooksUnregistered = { kind: 'gone' } | { kind: 'failed'; code: string };
export type WebhooksRegistered =
  | { kind: 'kept' }
  | { kind: 'registered'; settings: Readonly<Record<string, string>> }
  | { kind: 'failed'; code: string };

/**
 * Sees to it that one registration of the sales unit leads to `noticeUrl`. Vipps MobilePay deletes one that
 * did not answer for two weeks, so it is looked up; a new one is there before an old one of ours is deleted.
 */
export async function registerVippsWebhooks(
  context: { http: HttpClient; settings: Readonly<Record<string, string>> },
  noticeUrl: string,
): Promise<WebhooksRegistered> {
  const account = vippsAccountOf(context.settings);
  const listed = await listWebhooks(context.http, account);
  if (listed.kind === 'failed') return listed;
  if (isKept(account, noticeUrl, listed.webhooks)) return { kind: 'kept' };
  const answer = await callVipps(context.http, account, {
    method: 'POST',
    path,
    body: { url: noticeUrl, events },
  });
  if (answer.kind !== 'done') return { kind: 'failed', code: answer.code };
  const registered = readLeniently(Registered, answer.body);
  if (!registered) return { kind: 'failed', code: 'no secret' };
  const { id, secret } = registered;
  const old = listed.webhooks.filter((one) => one.id === account.webhookId || one.url === noticeUrl);
  for (const one of old) await deleteWebhook(context.http, account, one.id);
  return { kind: 'registered', settings: { noticeUrl, webhookId: id, webhookSecret: secret } };
}

/** Deletes the registration that the settings name; one that the sales unit does not have is gone too. */
export async function unregisterVippsWebhooks(context: {
  http: HttpClient;
  settings: Readonly<Record<string, string>>;
}): Promise<WebhooksUnregistered> {
  const account = vippsAccountOf(context.settings);
  if (account.webhookId === undefined) return { kind: 'gone' };
  const answer = await deleteWebhook(context.http, account, account.webhookId);
  const isGone = answer.kind === 'done' || (answer.kind === 'refused' && answer.status === 404);
  return isGone ? { kind: 'gone' } : { kind: 'failed', code: answer.code };
}

function deleteWebhook(http: HttpClient, account: VippsAccount, id: string): Promise<JudgedAnswer> {
  return callVipps(http, account, { method: 'DELETE', path: `${path}/${encodeURIComponent(id)}` });
}

async function listWebhooks(
  http: HttpClient,
  account: VippsAccount,
): Promise<{ kind: 'listed'; webhooks: Webhook[] } | { kind: 'failed'; code: string }> {
  const answer = await callVipps(http, account, { method: 'GET', path });
  if (answer.kind !== 'done') return { kind: 'failed', code: answer.code };
  const listed = readLeniently(Listed, answer.body);
  return listed ? { kind: 'listed', ...listed } : { kind: 'failed', code: 'no list' };
}

function isKept(account: VippsAccount, noticeUrl: string, webhooks: readonly Webhook[]): boolean {
  if (account.noticeUrl !== noticeUrl || !account.webhookSecret) return false;
  const standing = webhooks.find((one) => one.id === account.webhookId && one.url === noticeUrl);
  return standing !== undefined && events.every((name) => standing.events.includes(name));
}
