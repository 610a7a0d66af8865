import { sql } from '../../database/statement.ts';
import type { Database } from '../../database/transaction.ts';
import type { PageEndpoint } from '../../kit/http/endpoint.ts';
import type { Metrics } from '../metrics.ts';

type Context = { database: Database; metrics: Metrics };

const countWork = sql(
  'operations.countWork',
  `SELECT (SELECT count(*) FROM jobs WHERE run_at <= leveret_now()) AS due_jobs,
     (SELECT count(*) FROM dead_jobs) AS dead_jobs,
       (SELECT count(*) FROM cases WHERE state = 'open') AS open_cases`,
);

type Row = { due_jobs: number; dead_jobs: number; open_cases: number };

export const showMetrics: PageEndpoint<Context> = {
  operationId: 'showMetrics',
  summary: 'Figures of this node for Prometheus',
  async handlePage(context) {
    const [row] = await context.database.query<Row>(countWork);
    if (row)
      context.metrics.setWork({ dueJobs: row.due_jobs, deadJobs: row.dead_jobs, openCases: row.open_cases });
    return { text: { type: context.metrics.contentType, content: await context.metrics.text() } };
  },
};
