import type { FastifyInstance } from 'fastify';
import { Problem } from '../problem.ts';

const methods = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'] as const;

/** A known path with another method answers 405 and says which methods there are. */
export function refuseOtherMethods(
  app: FastifyInstance,
  rows: readonly { method: string; path: string }[],
): void {
  for (const [path, group] of Map.groupBy(rows, (row) => row.path)) {
    const known = new Set<string>(group.map((row) => row.method));
    if (known.has('GET')) known.add('HEAD');
    const allow = [...known].sort().join(', ');
    app.route({
      method: methods.filter((method) => !known.has(method)),
      url: path,
      exposeHeadRoute: false,
      schema: { hide: true },
      handler: (_request, reply) => {
        reply.header('allow', allow);
        throw new Problem('method_not_allowed', { detail: `This path answers ${allow}.` });
      },
    });
  }
}
