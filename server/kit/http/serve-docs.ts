import { readFileSync } from 'node:fs';
import swagger from '@fastify/swagger';
import swaggerUi from '@fastify/swagger-ui';
import type { FastifyInstance } from 'fastify';
import { sharedSchemas } from './describe-row.ts';

type DocsOptions = {
  version: string;
  rows: readonly { who: string; scope?: string; endpoint: { operationId: string } }[];
};

const description = `Orders, payments and access for publishers. Guides stand at [/docs/guides](/docs/guides).

A request is done as it was meant, or refused. Each field says by \`x-sort\` what it is for. One that
\`narrows\` selects, limits or moves something and is never ignored: null, empty text and an empty list
are refused (\`null\`, \`empty\`) unless \`x-empty\` says that they are absent (and then not beside a
field of \`x-empty-without\`). One that \`describes\` may be empty, which is absent. Where \`x-unknown\`
of an object is \`refused\`, a member that is not known is 400 (\`unknown_field\`) with the nearest
known name; where it is \`warned\`, it is left out with an entry in \`warnings[]\`, unless its name is
that of a narrowing field misspelt. A parameter or member that is given twice is 400 (\`repeated\`).`;

/** Describes every route that is added after it, at /openapi.json, and shows it to people at /docs. */
export async function serveDocs(app: FastifyInstance, options: DocsOptions): Promise<void> {
  for (const schema of sharedSchemas) app.addSchema(schema);
  await app.register(swagger, {
    refResolver: {
      buildLocalReference: (schema, _base, _fragment, index) => nameOf(schema) ?? `schema${index}`,
    },
    openapi: {
      openapi: '3.1.0',
      info: {
        title: 'Leveret',
        version: options.version,
        description,
        license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
      },
      // Wherever this description was read.
      servers: [{ url: '/' }],
      components: {
        securitySchemes: {
          accessToken: {
            type: 'oauth2',
            flows: {
              clientCredentials: { tokenUrl: '/user/oauth/token', scopes: scopesOf(options.rows) },
            },
          },
          readerToken: {
            type: 'http',
            scheme: 'bearer',
            bearerFormat: 'JWT',
            description:
              'The token of a reader with the scope read, or write where something changes; see ' +
              '/docs/guides/how-your-site-knows-its-reader',
          },
          clientSecret: { type: 'http', scheme: 'basic' },
        },
      },
    },
  });
  await app.register(swaggerUi, {
    routePrefix: '/docs',
    staticCSP: docsPolicy,
    theme: {
      title: 'Leveret API',
      css: [partOfReference('reference.css')],
      js: [partOfReference('reference.js')],
    },
  });
  app.get('/openapi.json', { schema: { hide: true } }, (_request, reply) => reply.send(app.swagger()));
}

function partOfReference(filename: string): { filename: string; content: string } {
  const file = new URL(`../../../kit/http/reference/${filename}`, import.meta.url);
  return { filename, content: readFileSync(file, 'utf8') };
}

/** Everything is our own; unlike the plugin's own policy it also works where the node is reached by http. */
const docsPolicy = {
  'default-src': ["'none'"],
  'script-src': ["'self'"],
  'style-src': ["'self'"],
  'img-src': ["'self'", 'data:'],
  'font-src': ["'self'"],
  'connect-src': ["'self'"],
  'base-uri': ["'none'"],
  'form-action': ["'none'"],
  'frame-ancestors': ["'none'"],
};

/** Every scope with the operations that need it: OpenAPI wants each one listed. */
function scopesOf(rows: DocsOptions['rows']): Record<string, string> {
  const needing = rows.flatMap(({ who, scope, endpoint }) =>
    scope === undefined || who !== 'client' ? [] : [{ scope, operationId: endpoint.operationId }],
  );
  const groups = [...Map.groupBy(needing, ({ scope }) => scope)];
  return Object.fromEntries(
    groups.map(([scope, group]) => [scope, group.map(({ operationId }) => operationId).join(', ')]),
  );
}

function nameOf(schema: { $id?: unknown }): string | undefined {
  return typeof schema.$id === 'string' ? schema.$id : undefined;
}
