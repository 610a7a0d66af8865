import formbody from '@fastify/formbody';
import fastify, { type FastifyInstance } from 'fastify';
import { mountControl } from './control/mount-control.ts';
import { HomePage } from './home-page.tsx';
import { BadInput } from './kit/bad-input.ts';
import { pagePolicy } from './kit/page.tsx';
import { layWorld, type World } from './kit/world.ts';
import { defaultGateId, type GateSettings } from './link/gates.ts';
import { openMail } from './mail/start-mail.ts';
import { openProviders } from './open-providers.ts';
import { mountPhone } from './phone/mount-phone.ts';
import { mountPublisher } from './publisher/mount-publisher.ts';
import { openPublisher } from './publisher/publisher.ts';

export type SandboxOptions = {
  /** 0 takes any free port. */
  port: number;
  smtpPort: number;
  /** The server whose test clock moves with the sandbox's. */
  serverUrl?: string | undefined;
  /** False: time stands still, and due work runs only when the control API moves the clock. */
  realTime?: boolean;
  /** A file that brings everything back when the sandbox is started again. */
  dataFile?: string | undefined;
  /** LINK's default gate, called `sandbox`. */
  linkGate?: GateSettings | undefined;
};

export type Sandbox = { url: string; smtpPort: number; close(): Promise<void> };

/** Starts the imitated providers on 127.0.0.1. Rejects when a port is taken. */
export async function startSandbox(options: SandboxOptions): Promise<Sandbox> {
  const world = layWorld({ realTime: options.realTime ?? true, dataFile: options.dataFile });
  const { link, vipps, providers } = openProviders(world);
  const publisher = openPublisher(world);
  const serverUrl = options.serverUrl ?? 'http://127.0.0.1:8080';
  const postOffice = openMail(world, serverUrl);
  world.journal.restore();
  if (options.linkGate) link.gates.register(defaultGateId, options.linkGate);
  const mail = await postOffice.start(options.smtpPort);
  const app = makeApp();
  app.get('/', async (_request, reply) => {
    reply.type('text/html; charset=utf-8');
    return HomePage({ smtpPort: mail.port });
  });
  const desks = providers.map((provider) => provider.desk);
  for (const provider of providers) provider.mount(app);
  mountPublisher(app, publisher);
  mountPhone(app, world, desks);
  mountControl(app, {
    world,
    link,
    vipps,
    publisher,
    desks,
    bounces: postOffice.bounces,
    serverUrl,
    forget() {
      const { dueWork, faults, inbox, ledger, violations } = world;
      const shared = [dueWork, faults, inbox, ledger, violations];
      for (const part of [...shared, ...providers, publisher, mail]) part.forget();
      world.journal.rewrite();
    },
  });
  const url = await app.listen({ port: options.port, host: '127.0.0.1' }).catch(async (error: unknown) => {
    await mail.close();
    throw error;
  });
  world.dueWork.start();
  return { url, smtpPort: mail.port, close: () => close(world, app, mail) };
}

async function close(world: World, app: FastifyInstance, mail: { close(): Promise<void> }): Promise<void> {
  await Promise.all([app.close(), mail.close()]);
  await world.outbound.destroy();
  await world.dueWork.stop();
  world.journal.close();
}

function makeApp(): FastifyInstance {
  const app = fastify({ forceCloseConnections: true, routerOptions: { maxParamLength: 400 } });
  app.register(formbody);
  const parseJson = app.getDefaultJsonParser('error', 'error');
  // A client that always says JSON may send no body where none is needed.
  app.addContentTypeParser<string>('application/json', { parseAs: 'string' }, (request, body, done) =>
    body === '' ? done(null, undefined) : parseJson(request, body, done),
  );
  app.addHook('onRequest', async (_request, reply) => {
    reply.header('content-security-policy', pagePolicy);
  });
  app.setErrorHandler((error: { statusCode?: number; message: string }, _request, reply) => {
    const isKnown = error instanceof BadInput;
    return reply.code(error.statusCode ?? 500).send({
      error: isKnown || error.statusCode ? 'bad_input' : 'sandbox_failed',
      field: isKnown ? error.field : 'body',
      rule: isKnown ? error.rule : 'readable',
      detail: error.message,
    });
  });
  return app;
}
