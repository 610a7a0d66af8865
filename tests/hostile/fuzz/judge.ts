import { findBreach } from './schema.ts';
import type { Answer } from './send.ts';
import type { Target } from './targets.ts';

/** Refusals that are about the whole request and have no field to name. */
const withoutField = new Set([
  'body_is_not_json',
  'body_is_too_large',
  'content_type_is_not_supported',
  'request_is_malformed',
  'request_took_too_long',
  'headers_are_too_large',
  'idempotency_key_is_invalid',
  'idempotency_key_is_required',
  'idempotency_key_reused',
  'method_not_allowed',
  'not_found',
]);

const states = new Set([409, 422, 429, 503]);

/** What is wrong with an answer, in words; nothing where it is one that a server may give. */
export function judge(target: Target, method: string, answer: Answer): string | undefined {
  const { status } = answer;
  if (!(status >= 200 && status < 600)) return `the status is ${status}`;
  if (status >= 500 && status !== 503) return `the status is ${status}`;
  // An unknown expectation is refused by Node, before any request is made of it.
  if (status === 417) return undefined;
  if (answer.headers['x-request-id'] === undefined) return 'there is no X-Request-Id';
  if (answer.headers['x-content-type-options'] !== 'nosniff') return 'the type may be guessed';
  if (method === 'HEAD') return undefined;
  return status < 400 ? judgeSuccess(target, method, answer) : judgeRefusal(target, answer);
}

function judgeSuccess(target: Target, method: string, answer: Answer): string | undefined {
  const schema = target.replies[String(answer.status)];
  if (!schema || method !== target.method) return undefined;
  const body = parse(answer.text);
  return body === undefined ? 'the reply is not JSON' : findBreach(schema, body);
}

function judgeRefusal(target: Target, answer: Answer): string | undefined {
  const type = answer.headers['content-type'] ?? '';
  if (target.kind === 'page' && type.startsWith('text/html')) return undefined;
  const body = parse(answer.text);
  if (body === undefined) return `a refusal of type ${type} that is not JSON`;
  const isOldError = typeof body['error'] === 'string' && !Object.hasOwn(body, 'type');
  if (isOldError) return judgeOldError(target, answer.status);
  const missing = problemMembers.find((member) => !Object.hasOwn(body, member));
  if (missing !== undefined) return `a problem without ${missing}`;
  if (body['status'] !== answer.status) return 'a problem with another status';
  const code = String(body['code']);
  const fields = Array.isArray(body['fields']) ? body['fields'] : [];
  const mayNameNone = withoutField.has(code) || states.has(answer.status) || target.kind !== 'api';
  return fields.length > 0 || mayNameNone ? undefined : `${code} names no field`;
}

const problemMembers = [
  'type',
  'title',
  'status',
  'detail',
  'code',
  'fields',
  'requestId',
  'exceptionType',
  'errorMessage',
];

/** `{error}` without a `type` is the form of refusals of tokens, and of what providers are told. */
function judgeOldError(target: Target, status: number): string | undefined {
  const isExpected = target.kind !== 'api' || status === 401 || status === 403;
  return isExpected ? undefined : 'a refusal in the form of OAuth';
}

function parse(text: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : undefined;
  } catch {
    return undefined;
  }
}
