import { Problem } from '../problem.ts';
import type { ProblemCode } from '../problem-codes.ts';
import { HandlerTooSlow } from './admit-request.ts';

const codesOfFastify: Readonly<Record<string, ProblemCode>> = {
  FST_ERR_CTP_BODY_TOO_LARGE: 'body_is_too_large',
  FST_ERR_CTP_INVALID_MEDIA_TYPE: 'content_type_is_not_supported',
  FST_ERR_CTP_INVALID_CONTENT_LENGTH: 'request_is_malformed',
  FST_ERR_BAD_URL: 'request_is_malformed',
  FST_ERR_MAX_PARAM_LENGTH: 'not_found',
};

/** What any error means to the caller; what nobody foresaw is our fault and says nothing of itself. */
export function problemOf(error: unknown, explain: (error: unknown) => Problem | undefined): Problem {
  if (error instanceof Problem) return error;
  return problemOfFramework(error) ?? explain(error) ?? new Problem('server_error');
}

function problemOfFramework(error: unknown): Problem | undefined {
  if (error instanceof HandlerTooSlow) {
    const detail = 'The request took too long; repeat the same request.';
    return new Problem('temporarily_unavailable', { detail, retryAfterSeconds: 5 });
  }
  if (!(error instanceof Error) || !('code' in error) || typeof error.code !== 'string') return undefined;
  const code = codesOfFastify[error.code];
  if (code !== undefined) return new Problem(code);
  // A body that stopped on its way; the framework marks it as the caller's.
  const isCallers = 'statusCode' in error && error.statusCode === 400;
  return isCallers ? new Problem('request_is_malformed') : undefined;
}
