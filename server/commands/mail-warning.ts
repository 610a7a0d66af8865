import type { Settings } from '../config/settings.ts';

const noMail = 'SMTP_URL is not set, so that no e-mail goes out: login links and codes reach nobody by it';
const noBounces =
  'SMTP_BOUNCE_ADDRESS is not set, so that nobody is told of login links whose e-mail bounces later';

/** What an operator is told of e-mail where money is real; nothing where it goes out and comes back. */
export function mailWarning({
  mode,
  smtp,
}: Pick<Settings, 'mode' | 'smtp'>): typeof noMail | typeof noBounces | undefined {
  if (mode === 'sandbox') return undefined;
  // The mail server that a sandbox brings is not there.
  if (smtp.isSandbox) return noMail;
  return smtp.bounceAddress === undefined ? noBounces : undefined;
}
