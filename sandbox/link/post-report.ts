import { postNotice } from '../kit/post-notice.ts';
import type { World } from '../kit/world.ts';
import type { DeliveryReport } from './delivery-report.ts';
import type { Gate, Gates } from './gates.ts';

/** A report promised to one gate. `forged` is posted once, with a wrong password. */
export type ReportWork = {
  report: DeliveryReport;
  gateId: string;
  attempt: number;
  firstAtMilliseconds: number;
  forged?: boolean;
};

/** Promises a report for a sandbox time. */
export type PromiseReport = (atMilliseconds: number, work: ReportWork) => void;

export const reportWorkKind = 'link report';
const retrySeconds = [5, 15, 60, 300, 900, 3600];

export type Reporting = { promise: PromiseReport; post(work: ReportWork): Promise<void> };

/**
 * Posts delivery reports; what gets no 2xx is tried again, with growing gaps, until the gate's time is over.
 */
export function startReporting(world: World, gates: Gates): Reporting {
  async function post(work: ReportWork): Promise<void> {
    const gate = gates.find(work.gateId);
    const answered = gate ? await send(world, gate, work) : null;
    const isKnown = world.ledger.knows(work.report.id.replace(/\$\d+$/, ''));
    // Everything may have been forgotten while the gate was answering.
    if (!isKnown) return;
    world.ledger.bookReport({
      provider: 'link',
      id: work.report.id,
      resultCode: work.report.resultCode,
      gate: work.gateId,
      attempt: work.attempt,
      answered,
      sentAt: world.clock.timestamp(),
    });
    const isTaken = answered !== null && answered >= 200 && answered < 300;
    if (!isTaken && !work.forged) tryLater(gate, work);
  }

  function tryLater(gate: Gate | undefined, work: ReportWork): void {
    const gap = retrySeconds[work.attempt - 1] ?? retrySeconds.at(-1) ?? 0;
    const at = world.clock.now() + gap * 1000;
    if (gate && at > work.firstAtMilliseconds + gate.ttlSeconds * 1000) return;
    promise(at, { ...work, attempt: work.attempt + 1 });
  }

  const promise = world.dueWork.kind<ReportWork>(reportWorkKind, post);
  return { promise, post };
}

function send(world: World, gate: Gate, work: ReportWork): Promise<number | null> {
  const password = work.forged ? `not-${gate.password}` : gate.password;
  const login = Buffer.from(`${gate.username}:${password}`).toString('base64');
  return postNotice(world, {
    url: gate.url,
    headers: { 'content-type': 'application/json', authorization: `Basic ${login}` },
    body: JSON.stringify(work.report),
  });
}
