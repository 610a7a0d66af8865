import type { SendOutcome } from '../message-channel.ts';

type SendFailure = Extract<SendOutcome, { reason: string }>;

/**
 * What a failed SMTP send means (RFC 5321, 4.2.1): a 5yz reply to the sender, recipient or message refuses it
 * for good, a 4yz reply asks to come back. Refused log-ins and greetings say nothing about the message, so
 * they are `later`. Without a reply it depends on whether the message had begun to leave.
 * The reason names code and command only, since servers repeat addresses in their texts; where the connection
 * failed, the code is the cause's (`DEPTH_ZERO_SELF_SIGNED_CERT`), which says what to mend.
 */
export function smtpFailure(error: unknown, hasLeft: boolean): SendFailure {
  const { code, cause, command, response, responseCode } = readSmtpError(error);
  const isAboutMessage = command === 'MAIL FROM' || command === 'RCPT TO' || command === 'DATA';
  if (responseCode !== undefined && (isAboutMessage || !hasLeft)) {
    const reason = `${replyCodes(responseCode, response)} at ${command ?? 'connection'}`;
    const isPermanent = responseCode >= 500 && responseCode < 600 && responseCode !== 503;
    return { kind: isAboutMessage && isPermanent ? 'refused' : 'later', reason };
  }
  const reason = `${cause ?? code ?? 'failure'} at ${command ?? 'connection'}`;
  if (hasLeft) return { kind: 'unknown', reason };
  return { kind: code === 'EENVELOPE' ? 'refused' : 'later', reason };
}

type SmtpError = {
  code: string | undefined;
  /** The code of the network or of TLS, which nodemailer keeps beside its own. */
  cause: string | undefined;
  command: string | undefined;
  response: string | undefined;
  responseCode: number | undefined;
};

function readSmtpError(error: unknown): SmtpError {
  const fields: Record<string, unknown> =
    typeof error === 'object' && error !== null ? Object.fromEntries(Object.entries(error)) : {};
  return {
    code: textOf(fields['code']),
    cause: textOf(fields['originalCode']),
    command: textOf(fields['command']),
    response: textOf(fields['response']),
    responseCode: typeof fields['responseCode'] === 'number' ? fields['responseCode'] : undefined,
  };
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

/** The reply code with the enhanced status code (RFC 3463) where the server gives one. */
function replyCodes(responseCode: number, response: string | undefined): string {
  const enhanced = response?.match(/^\d{3}[ -](\d\.\d{1,3}\.\d{1,3})\b/)?.[1];
  return enhanced === undefined ? `${responseCode}` : `${responseCode} ${enhanced}`;
}
