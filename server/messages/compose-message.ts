import { linkCode, linkToken } from '../accounts/login-link.ts';
import type { Queryable } from '../database/statement.ts';
import type { MessageContent } from './channels/message-channel.ts';
import { composeReceipt, type ReceiptContext } from './compose-receipt.ts';
import { composeWithdrawalReceipt } from './compose-withdrawal-receipt.ts';
import type { Lifetime } from './message-values.ts';
import type { MessageRow } from './messages-store.ts';
import { renderMessage } from './render-message.ts';
import { withdrawalLinkIn } from './withdrawal-link.ts';

export type ComposeContext = ReceiptContext & { database: Queryable; secrets: { loginLink: Buffer } };

/**
 * Writes the text of a message anew at each try. Its link and code are derived from the link's id, so that
 * every try and every channel says the same, and neither stands in the database.
 */
export async function composeMessage(context: ComposeContext, row: MessageRow): Promise<MessageContent> {
  if (row.template === 'receipt') return composeReceipt(context, row);
  if (row.template === 'withdrawal-receipt') return composeWithdrawalReceipt(context, row);
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
  if (row.template === 'sms-strangers') {
    const values = {
      publisherName,
      sms: Number(row.facts['sms']),
      most: Number(row.facts['most']),
      numbers: String(row.facts['numbers']),
    };
    return renderMessage({ message: 'sms-strangers', values, channel, language });
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
    purchase: { first: row.purchase ?? '', more: row.more_lines },
    link,
    lifetime: lifetimeOf(row.link_seconds ?? 86_400),
    code,
    codeAddress: `${publicUrl}/user/code?clientId=${encodeURIComponent(row.client_id ?? '')}`,
    orderId: row.order_id ?? 0,
    withdrawals: withdrawalsOf(context, row),
  };
  return renderMessage({ message: 'login-link', values, channel, language });
}

/** Mail to the order's own address proves whose withdrawal it is; an SMS has no room for it. */
function withdrawalsOf(context: ComposeContext, row: MessageRow): { url: string }[] {
  const url = withdrawalLinkIn(context, row);
  return url === undefined || !row.may_withdraw || row.channel !== 'email' ? [] : [{ url }];
}

function lifetimeOf(seconds: number): Lifetime {
  if (seconds >= 2 * 86_400 && seconds % 86_400 === 0) return { number: seconds / 86_400, unit: 'days' };
  if (seconds >= 3600) return { number: Math.round(seconds / 3600), unit: 'hours' };
  return { number: Math.max(1, Math.round(seconds / 60)), unit: 'minutes' };
}
