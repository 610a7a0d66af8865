import { Type } from 'typebox';
import { endpoint } from '../../kit/http/endpoint.ts';

export const showHealth = endpoint({
  operationId: 'showHealth',
  summary: 'Say that the process is alive',
  description:
    'For a supervisor: it asks nothing of the database, so an answer means only that the process runs',
  reply: Type.Object({ status: Type.Literal('ok') }),
  handle: async () => ({ body: { status: 'ok' } }),
});
