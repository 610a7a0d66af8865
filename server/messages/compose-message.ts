import { linkCode, linkToken } from '../accounts/login-link.ts';
import type { MessageContent } from './channels/message-channel.ts';
import type { Lifetime } from './message-kinds.ts';
import type { MessageRow } from './messages-store.ts';
import { renderMessage } from './render-message.ts';

type Context = { settings: { publicUrl: string }; secrets: { loginLink: Buffer } };

/**
 * Writes the text of a message anew at each try. Its link and code are derived from the link's id, so that
 * every try and every channel says the same, and neither stands in the database.
 */
export function composeMessage(context: Context, row: MessageRow): MessageContent {
  const { channel, language, publisher_name: publisherName } = row;
  if (row.template === 'endpoint-disabled') {
    const values = {
      publisherName,
      endpoint: String(row.facts['endpoint']),
      failingFor: { number: 5, unit: 'days' as const },
    };
    return renderMessage({ message: 'endpoint-disabled', values, channel, language });
  }
  if (row.template === 'sms-ceiling') {
    const values = {
      publisherName,
      sms: Number(row.facts['sms']),
      smsPerDay: Number(row.facts['smsPerDay']),
    };
    return renderMessage({ message: 'sms-ceiling', values, channel, language });
  }
  if (row.link_id === null || row.key_id === null) throw new Error('a message for a link has no link');
  const { publicUrl } = context.settings;
  const code = linkCode(context.secrets.loginLink, row.key_id, row.link_id);
  const link = `${publicUrl}/l/${linkToken(context.secrets.loginLink, row.key_id, row.link_id)}`;
  if (row.template === 'login-code') {
    return renderMessage({
      message: 'login-code',
      values: { publisherName, code, lifetime: { number: 10, unit: 'minutes' }, link },
      channel,
      language,
    });
  }
  const values = {
    account: row.has_account ? ('existing' as const) : ('new' as const),
    publisherName,
    purchase: row.purchase ?? '',
    link,
    lifetime: lifetimeOf(row.link_seconds ?? 86_400),
    code,
    codeAddress: `${publicUrl}/user/code?clientId=${encodeURIComponent(row.client_id ?? '')}`,
    orderId: row.order_id ?? 0,
  };
  return renderMessage({ message: 'login-link', values, channel, language });
}

function lifetimeOf(seconds: number): Lifetime {
  if (seconds >= 2 * 86_400 && seconds % 86_400 === 0) return { number: seconds / 86_400, unit: 'days' };
  if (seconds >= 3600) return { number: Math.round(seconds / 3600), unit: 'hours' };
  return { number: Math.max(1, Math.round(seconds / 60)), unit: 'minutes' };
}
