import { api } from './api.ts';
import { describeApi } from './kit/http/describe-api.ts';
import { describeToken } from './publishers/oauth/describe-token.ts';
import { version } from './version.ts';

/** The description of the API that clients call, as a live node serves it at /openapi.json. */
export function buildOpenApi(): Promise<object> {
  const token = { method: 'POST', path: '/user/oauth/token', schema: describeToken() };
  return describeApi(api, [token], { version });
}
