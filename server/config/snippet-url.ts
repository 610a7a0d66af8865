import { OperatorError } from '../kit/operator-error.ts';

/**
 * Reads the origin at which providers' snippets stand: scheme, host and port, where the host may begin with
 * `*.`. Its host is no other name of ours, nor above or below it, as cookies do not tell ports apart. Throws
 * `OperatorError`.
 */
export function readSnippetUrl(
  value: string | undefined,
  mode: 'sandbox' | 'live',
  publicUrl: string,
): string | undefined {
  if (value === undefined) return undefined;
  const url = URL.parse(value);
  const forms = mode === 'live' ? ['https:'] : ['https:', 'http:'];
  if (!url || !forms.includes(url.protocol) || url.href !== `${url.origin}/`) {
    throw new OperatorError('SNIPPET_URL must be only a scheme (https in live mode), a host and a port.');
  }
  if (!/^(\*\.)?[^*]+$/.test(url.hostname)) {
    throw new OperatorError('SNIPPET_URL may have a star only as the first part of its host.');
  }
  const ours = `.${new URL(publicUrl).hostname}`;
  const theirs = `.${url.hostname.replace('*.', '')}`;
  if (ours.endsWith(theirs) || theirs.endsWith(ours)) {
    throw new OperatorError(
      'SNIPPET_URL must have another host than PUBLIC_URL, neither above nor below it.',
    );
  }
  return url.origin;
}
