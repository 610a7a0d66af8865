import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { inputReader } from '../kit/bad-input.ts';
import type { World } from '../kit/world.ts';
import { readGateSettings } from '../link/gates.ts';
import type { Link } from '../link/link.ts';
import { type Bounces, readMailSettings } from '../mail/bounces.ts';
import type { Publisher } from '../publisher/publisher.ts';
import { readPublisherSettings } from '../publisher/publisher-settings.ts';
import { refundInPortal, stopInApp } from '../vipps/control-vipps.ts';
import type { Vipps } from '../vipps/vipps.ts';
import { advanceClock, readAdvance } from './advance-clock.ts';
import { listCallbacks } from './list-callbacks.ts';
import { decidePayment, decisions, listPayments, type PaymentDesk } from './payment-desk.ts';
import { readFault } from './set-fault.ts';

/** What the control API sees and steers. */
export type Controlled = {
  world: World;
  link: Link;
  vipps: Vipps;
  publisher: Publisher;
  bounces: Bounces;
  desks: PaymentDesk[];
  serverUrl: string;
  forget: () => void;
};

type Control = {
  method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  path: string;
  /** The reply's body; nothing means 204. */
  run: (controlled: Controlled, request: FastifyRequest, reply: FastifyReply) => unknown;
};

const readMessagesQuery = inputReader<{ to?: string }>(oneText('to'));
const readPaymentsQuery = inputReader<{ reference?: string }>(oneText('reference'));
const readIdParameter = inputReader<{ id: string }>(oneText('id'));

const controls: Control[] = [
  {
    method: 'GET',
    path: '/messages',
    run: ({ world }, request) => ({ messages: world.inbox.list(readMessagesQuery(request.query).to) }),
  },
  { method: 'GET', path: '/ledger', run: ({ world }) => world.ledger.everything() },
  { method: 'GET', path: '/violations', run: ({ world }) => ({ violations: world.violations.list() }) },
  {
    method: 'GET',
    path: '/callbacks',
    run: ({ publisher }, request, reply) => {
      reply.type('application/json; charset=utf-8');
      return listCallbacks(publisher, request.query);
    },
  },
  {
    method: 'GET',
    path: '/payments',
    run: ({ desks }, request) => listPayments(desks, readPaymentsQuery(request.query).reference),
  },
  ...decisions.map(
    (decision): Control => ({
      method: 'POST',
      path: `/payments/:id/${decision}`,
      run: ({ desks }, request) => decidePayment(desks, readIdParameter(request.params).id, decision),
    }),
  ),
  {
    method: 'POST',
    path: '/faults',
    run: ({ world }, request) => {
      world.faults.set(readFault(request.body));
      return { faults: world.faults.list() };
    },
  },
  { method: 'DELETE', path: '/faults', run: ({ world }) => world.faults.forget() },
  {
    method: 'POST',
    path: '/clock/advance',
    run: ({ world, serverUrl }, request) => advanceClock(world, serverUrl, readAdvance(request.body).seconds),
  },
  {
    method: 'PUT',
    path: '/publisher',
    run: ({ publisher }, request) => publisher.setAnswer(readPublisherSettings(request.body)),
  },
  {
    method: 'PUT',
    path: '/mail',
    run: ({ bounces }, request) => bounces.set(readMailSettings(request.body)),
  },
  {
    method: 'PUT',
    path: '/link/gates/:id',
    run: ({ link }, request) => {
      const settings = readGateSettings(request.body);
      const { password: _, ...gate } = link.gates.register(readIdParameter(request.params).id, settings);
      return gate;
    },
  },
  {
    method: 'POST',
    path: '/vipps/agreements/:id/stop',
    run: ({ vipps }, request) => stopInApp(vipps, readIdParameter(request.params).id),
  },
  {
    method: 'POST',
    path: '/vipps/payments/:id/refund',
    run: ({ vipps }, request) => refundInPortal(vipps, readIdParameter(request.params).id, request.body),
  },
  { method: 'DELETE', path: '', run: ({ forget }) => forget() },
];

/** The control API under `/control`: what tests see of the imitated world, and how they steer it. */
export function mountControl(app: FastifyInstance, controlled: Controlled): void {
  for (const { method, path, run } of controls) {
    app.route({
      method,
      url: `/control${path}`,
      handler: async (request, reply) => {
        const result = await run(controlled, request, reply);
        return result === undefined ? reply.code(204).send() : result;
      },
    });
  }
}

function oneText(name: string): object {
  return { type: 'object', additionalProperties: false, properties: { [name]: { type: 'string' } } };
}
