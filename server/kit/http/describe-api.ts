import fastify, { type FastifySchema } from 'fastify';
import { describeRow } from './describe-row.ts';
import type { ApiCaller, Row } from './route-table.ts';
import { serveDocs } from './serve-docs.ts';

type Described = { method: string; path: string; schema: FastifySchema };

/**
 * The OpenAPI document of the table's rows and of what is served beside them: what a node answers at
 * /openapi.json, made without a context and without listening.
 */
export async function describeApi<Context, Caller extends ApiCaller>(
  rows: readonly Row<Context, Caller>[],
  beside: readonly Described[],
  options: { version: string },
): Promise<object> {
  const app = fastify({ exposeHeadRoutes: false });
  app.setValidatorCompiler(() => () => true);
  app.setSerializerCompiler(() => (value) => JSON.stringify(value));
  await serveDocs(app, { ...options, rows });
  const described = rows.map((row) => ({ method: row.method, path: row.path, schema: describeRow(row) }));
  for (const { method, path, schema } of [...described, ...beside]) {
    app.route({ method, url: path, schema, handler: (_request, reply) => reply.send() });
  }
  await app.ready();
  return app.swagger();
}
