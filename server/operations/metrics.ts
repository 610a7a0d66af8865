import { collectDefaultMetrics, Gauge, Registry } from 'prom-client';

/** The node's figures in the Prometheus text format. */
export type Metrics = {
  readonly contentType: string;
  text(): Promise<string>;
  setWork(work: { dueJobs: number; deadJobs: number; openCases: number }): void;
};

export function createMetrics(pool: {
  totalCount: number;
  idleCount: number;
  waitingCount: number;
}): Metrics {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry, prefix: 'leveret_' });
  const gauge = (name: string, help: string) =>
    new Gauge({ name: `leveret_${name}`, help, registers: [registry] });
  const dueJobs = gauge('due_jobs', 'Jobs that are due and not done');
  const deadJobs = gauge('dead_jobs', 'Jobs that were given up');
  const openCases = gauge('open_cases', 'Cases that wait for a person');
  const connections = gauge('database_connections', 'Connections in the pool');
  const waiting = gauge('database_waiting', 'Callers that wait for a connection');
  return {
    contentType: registry.contentType,
    text() {
      connections.set(pool.totalCount);
      waiting.set(pool.waitingCount);
      return registry.metrics();
    },
    setWork(work) {
      dueJobs.set(work.dueJobs);
      deadJobs.set(work.deadJobs);
      openCases.set(work.openCases);
    },
  };
}
