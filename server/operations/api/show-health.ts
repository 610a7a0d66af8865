import { Type } from 'typebox';
import { endpoint } from '../../kit/http/endpoint.ts';

export const showHealth = endpoint({
  operationId: 'showHealth',
  summary: 'Say that the process is alive',
  reply: Type.Object({ status: Type.Literal('ok') }),
  handle: async () => ({ body: { status: 'ok' } }),
});
