import type { Secrets } from '../../config/secrets.ts';
import type { Settings } from '../../config/settings.ts';
import type { SharedHttpClient } from '../../kit/http-client.ts';
import type { MessageChannels } from '../deliver-message.ts';
import { createLinkSmsChannel } from './link-mobility-sms/channel.ts';
import type { MessageChannel } from './message-channel.ts';
import { createSmtpChannel } from './smtp/channel.ts';

type Options = { settings: Settings; secrets: Secrets; provider: SharedHttpClient };

/** The way to reach people for each kind of address. */
export function createChannels(options: Options): MessageChannels & { close(): void } {
  const { smtp, publicUrl, linkSms } = options.settings;
  const { smtpPassword, linkSmsPassword } = options.secrets;
  const email = createSmtpChannel({
    host: smtp.host,
    port: smtp.port,
    secure: smtp.port === 465,
    ...(smtp.user !== undefined && { user: smtp.user }),
    ...(smtpPassword !== undefined && { password: smtpPassword }),
    from: smtp.from,
    ...(smtp.bounceAddress !== undefined && { bounceAddress: smtp.bounceAddress }),
    messageIdDomain: new URL(publicUrl).hostname,
  });
  const sms = linkSms
    ? createLinkSmsChannel(options.provider, { ...linkSms, password: linkSmsPassword ?? '' })
    : notConfigured;
  return { email, sms, close: () => email.close() };
}

const notConfigured: MessageChannel = {
  name: 'not-configured',
  send: async () => ({ kind: 'refused', reason: 'no SMS gateway is configured' }),
};
