import { resolve } from 'node:path';
import ipaddr from 'ipaddr.js';
import { OperatorError } from '../kit/operator-error.ts';
import { type InstallationKeySource, readKeySource } from './key-source.ts';
import { readLinkSms } from './link-sms.ts';
import { readProviderAddresses } from './provider-addresses.ts';
import type { Passwords } from './secrets.ts';
import type { Settings } from './settings.ts';
import { readSnippetUrl } from './snippet-url.ts';

/** What the environment says about this node; the passwords and the key go to `deriveSecrets`. */
export type Environment = {
  settings: Settings;
  installationKey: InstallationKeySource;
  passwords: Passwords;
};

export type Variables = Readonly<Record<string, string | undefined>>;

const logLevels = ['debug', 'info', 'warn', 'error', 'silent'] as const;

/**
 * Reads the environment; nothing else in the program does. Paths are resolved against `cwd`. Throws
 * `OperatorError` with one sentence that names the first variable that is wrong or contradicts another.
 */
export function readEnvironment(variables: Variables, cwd: string, isRoot: boolean): Environment {
  const mode = oneOf(variables, 'LEVERET_MODE', ['sandbox', 'live'] as const, 'sandbox');
  const port = readPort(variables, 'PORT', 8080);
  const dataDirectory = resolve(
    cwd,
    given(variables, 'LEVERET_DATA') ?? (isRoot ? '/var/lib/leveret' : 'data'),
  );
  const databaseUrl = readDatabaseUrl(variables);
  const sandboxPort = readPort(variables, 'SANDBOX_PORT', 8090);
  const sandboxSmtpPort = readPort(variables, 'SANDBOX_SMTP_PORT', 8025);
  const shopPort = readPort(variables, 'SHOP_PORT', 8070);
  const { smtp, smtpPassword } = readSmtp(variables, sandboxSmtpPort);
  const { linkSms, linkSmsPassword } = readLinkSms(given(variables, 'LINK_SMS_URL'), { mode, sandboxPort });
  const publicUrl = readPublicUrl(variables, mode, port);
  const settings: Settings = {
    mode,
    port,
    host: given(variables, 'HOST') ?? '127.0.0.1',
    publicUrl,
    snippetUrl: readSnippetUrl(given(variables, 'SNIPPET_URL'), mode, publicUrl),
    dataDirectory,
    databaseUrl,
    databaseMemoryMegabytes: readMegabytes(variables, 'LEVERET_DATABASE_MEMORY'),
    poolSize: readInteger(variables, 'DATABASE_POOL_SIZE', { least: 2, most: 200, fallback: 16 }),
    preparedStatements: oneOf(variables, 'DATABASE_PREPARED', ['on', 'off'] as const, 'on') === 'on',
    sandboxPort,
    sandboxSmtpPort,
    shopPort,
    logLevel: oneOf(variables, 'LOG_LEVEL', logLevels, 'info'),
    smtp,
    linkSms,
    blockedCidrs: readCidrs(variables, 'BLOCKED_CIDRS'),
    providerAddresses: readProviderAddresses(given(variables, 'PROVIDER_ADDRESSES'), mode),
    trustedProxies: readCidrs(variables, 'TRUSTED_PROXIES'),
    failpoint: readFailpoint(variables, mode),
    failpointLog: readFailpointLog(variables, mode, cwd),
  };
  refuseSharedPorts(settings);
  const passwords = { smtpPassword, linkSmsPassword, metricsToken: readMetricsToken(variables) };
  return { settings, installationKey: readKeySource(givenKeys(variables), settings), passwords };
}

/** An empty variable counts as absent, as in a compose file that passes one on. */
function given(variables: Variables, name: string): string | undefined {
  const value = variables[name]?.trim();
  return value === '' ? undefined : value;
}

function oneOf<Word extends string>(
  variables: Variables,
  name: string,
  words: readonly Word[],
  fallback: Word,
): Word {
  const value = given(variables, name);
  if (value === undefined) return fallback;
  const word = words.find((candidate) => candidate === value);
  if (word === undefined) throw new OperatorError(`${name} must be one of ${words.join(', ')}.`);
  return word;
}

function readInteger(
  variables: Variables,
  name: string,
  range: { least: number; most: number; fallback: number },
): number {
  const value = given(variables, name);
  if (value === undefined) return range.fallback;
  const number = /^\d{1,9}$/.test(value) ? Number(value) : Number.NaN;
  if (number >= range.least && number <= range.most) return number;
  throw new OperatorError(`${name} must be a whole number from ${range.least} to ${range.most}.`);
}

function readMegabytes(variables: Variables, name: string): number | undefined {
  const value = given(variables, name);
  if (value === undefined) return undefined;
  const [, amount, unit] = /^(\d{1,7}) ?(MB|GB)$/.exec(value) ?? [];
  const megabytes = Number(amount) * (unit === 'GB' ? 1024 : 1);
  if (megabytes >= 256) return megabytes;
  throw new OperatorError(`${name} must be a size such as 512MB or 8GB, at least 256MB.`);
}

function readPort(variables: Variables, name: string, fallback: number): number {
  return readInteger(variables, name, { least: 0, most: 65_535, fallback });
}

function refuseSharedPorts(settings: Settings): void {
  if (settings.mode === 'live') return;
  const ports = {
    PORT: settings.port,
    SANDBOX_PORT: settings.sandboxPort,
    SANDBOX_SMTP_PORT: settings.sandboxSmtpPort,
    SHOP_PORT: settings.shopPort,
  };
  for (const [name, port] of Object.entries(ports)) {
    const other = Object.entries(ports).find(([candidate, value]) => candidate !== name && value === port);
    // Port 0 asks the system for a free one, so two of them do not collide.
    if (other !== undefined && port !== 0) throw new OperatorError(`${name} must differ from ${other[0]}.`);
  }
}

function readUrl(name: string, value: string, protocols: readonly string[]): URL {
  const url = URL.canParse(value) ? new URL(value) : undefined;
  if (!url || !protocols.includes(url.protocol) || url.hostname === '') {
    const forms = protocols.map((protocol) => `${protocol}//`).join(' or ');
    throw new OperatorError(`${name} must be an address that starts with ${forms}.`);
  }
  return url;
}

function readPublicUrl(variables: Variables, mode: Settings['mode'], port: number): string {
  const value = given(variables, 'PUBLIC_URL');
  if (value === undefined) {
    if (mode === 'live') throw new OperatorError('PUBLIC_URL is required in live mode.');
    return `http://localhost:${port}`;
  }
  const url = readUrl('PUBLIC_URL', value, mode === 'live' ? ['https:'] : ['http:', 'https:']);
  if (
    url.pathname !== '/' ||
    url.search !== '' ||
    url.hash !== '' ||
    url.username !== '' ||
    url.password !== ''
  ) {
    throw new OperatorError('PUBLIC_URL must be only a scheme, a host and a port.');
  }
  return url.origin;
}

function readDatabaseUrl(variables: Variables): string | undefined {
  const value = given(variables, 'DATABASE_URL');
  if (value === undefined) return undefined;
  // A socket is named as postgresql:///database?host=/folder, which has no host for URL to read.
  if (!/^postgres(ql)?:\/\//.test(value) || !URL.canParse(value)) {
    throw new OperatorError('DATABASE_URL must be an address that starts with postgres:// or postgresql://.');
  }
  return value;
}

function readSmtp(
  variables: Variables,
  sandboxSmtpPort: number,
): { smtp: Settings['smtp']; smtpPassword: string | undefined } {
  const value = given(variables, 'SMTP_URL');
  const from = given(variables, 'SMTP_FROM');
  const bounceAddress = readBounceAddress(variables);
  if (value === undefined) {
    const smtp = {
      host: '127.0.0.1',
      port: sandboxSmtpPort,
      user: undefined,
      from: from ?? 'leveret@localhost',
      bounceAddress: bounceAddress ?? 'leveret@localhost',
      isSandbox: true,
    };
    return { smtp, smtpPassword: undefined };
  }
  if (from === undefined) throw new OperatorError('SMTP_FROM is required where SMTP_URL is set.');
  const url = readUrl('SMTP_URL', value, ['smtp:', 'smtps:']);
  const port = Number(url.port) || (url.protocol === 'smtps:' ? 465 : 587);
  if ((port === 465) !== (url.protocol === 'smtps:')) {
    throw new OperatorError('SMTP_URL must name port 465 with smtps:// and another port with smtp://.');
  }
  const user = url.username === '' ? undefined : readEscaped('SMTP_URL', url.username);
  const smtpPassword = url.password === '' ? undefined : readEscaped('SMTP_URL', url.password);
  if (user === undefined && smtpPassword !== undefined) {
    throw new OperatorError('SMTP_URL has a password and no user.');
  }
  const { hostname: host } = url;
  return { smtp: { host, port, user, from, bounceAddress, isSandbox: false }, smtpPassword };
}

/** A message's token is put before the @, where there may be 64 characters in all (RFC 5321, 4.5.3.1.1). */
function readBounceAddress(variables: Variables): string | undefined {
  const value = given(variables, 'SMTP_BOUNCE_ADDRESS');
  if (value === undefined || /^[\w.-]{1,20}@[A-Za-z0-9.-]{1,253}$/.test(value)) return value;
  throw new OperatorError(
    'SMTP_BOUNCE_ADDRESS must be an address like bounces@mail.example.com, with at most 20 letters, digits ' +
      'or any of -._ before the @.',
  );
}

function readEscaped(name: string, value: string): string {
  try {
    return decodeURIComponent(value);
  } catch {
    throw new OperatorError(`${name} has a percent sign that is not escaped as %25.`);
  }
}

/** Long enough that nobody guesses it, and such as a header carries (RFC 6750, 2.1). */
function readMetricsToken(variables: Variables): string | undefined {
  const value = given(variables, 'METRICS_TOKEN');
  if (value === undefined || /^[\w.~+/-]{16,}=*$/.test(value)) return value;
  throw new OperatorError('METRICS_TOKEN must be 16 or more letters, digits or any of -._~+/ in a row.');
}

function readCidrs(variables: Variables, name: string): string[] {
  const values = (given(variables, name) ?? '').split(',').map((value) => value.trim());
  const cidrs = values.filter((value) => value !== '');
  for (const cidr of cidrs) {
    if (!ipaddr.isValidCIDR(cidr))
      throw new OperatorError(`${name} has ${cidr}, which is not a range like 10.0.0.0/8.`);
  }
  return cidrs;
}

function readFailpoint(variables: Variables, mode: Settings['mode']): Settings['failpoint'] {
  const value = given(variables, 'LEVERET_FAILPOINT');
  if (value === undefined) return undefined;
  if (mode === 'live') throw new OperatorError('LEVERET_FAILPOINT is refused in live mode.');
  const parts = /^(?<name>[^:]+):(?<nth>[1-9]\d{0,5})$/.exec(value)?.groups;
  if (parts?.name === undefined)
    throw new OperatorError('LEVERET_FAILPOINT must be a name, a colon and a count from 1.');
  return { name: parts.name, nth: Number(parts.nth) };
}

function readFailpointLog(variables: Variables, mode: Settings['mode'], cwd: string): string | undefined {
  const value = given(variables, 'LEVERET_FAILPOINT_LOG');
  if (value === undefined) return undefined;
  if (mode === 'live') throw new OperatorError('LEVERET_FAILPOINT_LOG is refused in live mode.');
  return resolve(cwd, value);
}

function givenKeys(variables: Variables) {
  return { key: given(variables, 'LEVERET_KEY'), former: given(variables, 'LEVERET_FORMER_KEYS') };
}

/** The environment of this process. */
export function readProcessEnvironment(): Environment {
  return readEnvironment(process.env, process.cwd(), process.getuid?.() === 0);
}
