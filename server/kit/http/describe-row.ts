import type { FastifySchema } from 'fastify';
import type { ApiCaller, Row } from './route-table.ts';

/** What OpenAPI says of a row. Pages and providers' notices are no part of the API that clients call. */
export function describeRow<Context, Caller extends ApiCaller>(row: Row<Context, Caller>): FastifySchema {
  return row.who === 'browser' || row.who === 'provider' ? { hide: true } : {};
}
