import type { Answer, Call } from '../answer.ts';
import type { Vipps } from '../vipps.ts';
import { type Agreement, showAgreement } from './agreement.ts';
import { refuse } from './problem.ts';

/** `GET /recurring/v3/agreements/{agreementId}` */
export function readAgreement(vipps: Vipps, call: Call<undefined>): Answer {
  return withAgreement(vipps, call, (agreement) => ({ status: 200, body: showAgreement(agreement) }));
}

/** `GET /recurring/v3/agreements?status=`: those in one state, the active ones unless said. */
export function listAgreements(vipps: Vipps, call: Call<undefined>): Answer {
  const status = call.query['status'] ?? 'ACTIVE';
  const found = vipps.agreements.all().filter((one) => one.msn === call.msn && one.status === status);
  return { status: 200, body: found.map(showAgreement) };
}

/** Goes on with the agreement that the path names; 404 where there is none. */
export function withAgreement(
  vipps: Vipps,
  call: Pick<Call<unknown>, 'parameters' | 'msn'>,
  act: (agreement: Agreement) => Answer,
): Answer {
  const agreement = vipps.agreements.get(call.parameters['agreementId'] ?? '');
  return agreement?.msn === call.msn ? act(agreement) : refuse('resource-not-found');
}
