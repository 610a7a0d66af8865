import type { Finding } from '../findings.ts';
import { readMemory } from '../stage/process-figures.ts';
import type { Stage } from '../stage/start-stage.ts';

/** The node's resident memory after everything that was measured. */
export function measureMemory(stage: Stage): Finding[] {
  const memory = readMemory(stage.node.pid);
  if (memory === undefined) return [];
  return [
    {
      figure: 'memory of the node, peak',
      value: memory.peak,
      unit: 'MiB',
      goal: { atMost: 250 },
      note: `${Math.round(memory.now)} MiB at the end`,
    },
  ];
}
