import type { Secrets } from '../../config/secrets.ts';
import type { Settings } from '../../config/settings.ts';
import type { SharedHttpClient } from '../../kit/http-client.ts';
import type { MessageChannels } from '../deliver-message.ts';
import { createLinkSmsChannel } from './link-mobility-sms/channel.ts';
import type { MessageChannel } from './message-channel.ts';
import { createSmtpChannel, type SmtpSettings } from './smtp/channel.ts';

type Options = { settings: Settings; secrets: Secrets; provider: SharedHttpClient };

/** The way to reach people for each kind of address. */
export function createChannels(options: Options): MessageChannels & { close(): void } {
  const { linkSms } = options.settings;
  const { smtpPassword, linkSmsPassword } = options.secrets;
  const email = createSmtpChannel(smtpSettings(options.settings, smtpPassword));
  const sms = linkSms
    ? createLinkSmsChannel(options.provider, { ...linkSms, password: linkSmsPassword ?? '' })
    : notConfigured;
  return { email, sms, close: () => email.close() };
}

/** How e-mail is sent, from the settings of the installation. */
export function smtpSettings({ smtp, publicUrl }: Settings, password: string | undefined): SmtpSettings {
  return {
    host: smtp.host,
    port: smtp.port,
    secure: smtp.port === 465,
    ...(smtp.user !== undefined && { user: smtp.user }),
    ...(password !== undefined && { password }),
    from: smtp.from,
    ...(smtp.bounceAddress !== undefined && { bounceAddress: smtp.bounceAddress }),
    messageIdDomain: new URL(publicUrl).hostname,
  };
}

const notConfigured: MessageChannel = {
  name: 'not-configured',
  send: async () => ({ kind: 'refused', reason: 'no SMS gateway is configured' }),
};
