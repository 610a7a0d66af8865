import type { Secrets } from '../../config/secrets.ts';
import type { Settings } from '../../config/settings.ts';
import { sql } from '../../database/statement.ts';
import type { Database } from '../../database/transaction.ts';
import type { PageAnswer, PageEndpoint } from '../../kit/http/endpoint.ts';
import { allowMetrics } from '../allow-metrics.ts';
import type { Metrics } from '../metrics.ts';

type Context = {
  database: Database;
  metrics: Metrics;
  settings: Pick<Settings, 'mode'>;
  secrets: Pick<Secrets, 'metricsToken'>;
};

const countWork = sql(
  'operations.countWork',
  `SELECT (SELECT count(*) FROM jobs WHERE run_at <= (SELECT leveret_now())) AS due_jobs,
     (SELECT count(*) FROM dead_jobs) AS dead_jobs,
       (SELECT count(*) FROM cases WHERE state = 'open') AS open_cases`,
);

type Row = { due_jobs: number; dead_jobs: number; open_cases: number };

export const showMetrics: PageEndpoint<Context> = {
  operationId: 'showMetrics',
  summary: 'Figures of this node for Prometheus, to who brings METRICS_TOKEN',
  async handlePage(context, call) {
    const { mode } = context.settings;
    switch (allowMetrics(mode, context.secrets.metricsToken, call.headers.authorization)) {
      case 'not there':
        return refusal(404, 'There are no figures: METRICS_TOKEN is not set.');
      case 'token needed':
        return {
          ...refusal(401, 'These figures need the METRICS_TOKEN as Authorization: Bearer.'),
          headers: { 'www-authenticate': 'Bearer realm="metrics"' },
        };
      case 'shown':
        return showFigures(context);
    }
  },
};

async function showFigures({ database, metrics }: Context): Promise<PageAnswer> {
  const [row] = await database.query<Row>(countWork);
  if (row) metrics.setWork({ dueJobs: row.due_jobs, deadJobs: row.dead_jobs, openCases: row.open_cases });
  return { text: { type: metrics.contentType, content: await metrics.text() } };
}

function refusal(status: number, sentence: string): PageAnswer {
  return { status, text: { type: 'text/plain; charset=utf-8', content: `${sentence}\n` } };
}
