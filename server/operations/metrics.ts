import { collectDefaultMetrics, Gauge, Registry } from 'prom-client';

/** The node's figures in the Prometheus text format. */
export type Metrics = {
  readonly contentType: string;
  text(): Promise<string>;
  setWork(work: { dueJobs: number; deadJobs: number; openCases: number }): void;
};

type ConnectionCounts = Readonly<Record<string, { connections: number; waiting: number }>>;

/** `countConnections` tells of each pool, by what uses it. */
export function createMetrics(countConnections: () => ConnectionCounts): Metrics {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry, prefix: 'leveret_' });
  const gauge = <Label extends string = never>(name: string, help: string, labelNames: Label[] = []) =>
    new Gauge({ name: `leveret_${name}`, help, labelNames, registers: [registry] });
  const dueJobs = gauge('due_jobs', 'Jobs that are due and not done');
  const deadJobs = gauge('dead_jobs', 'Jobs that were given up');
  const openCases = gauge('open_cases', 'Cases that wait for a person');
  const connections = gauge('database_connections', 'Connections in the pool', ['pool']);
  const waiting = gauge('database_waiting', 'Callers that wait for a connection', ['pool']);
  return {
    contentType: registry.contentType,
    text() {
      for (const [pool, counts] of Object.entries(countConnections())) {
        connections.set({ pool }, counts.connections);
        waiting.set({ pool }, counts.waiting);
      }
      return registry.metrics();
    },
    setWork(work) {
      dueJobs.set(work.dueJobs);
      deadJobs.set(work.deadJobs);
      openCases.set(work.openCases);
    },
  };
}
