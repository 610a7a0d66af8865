import type { Compared } from '../database/compare-migrations.ts';

const isLater = 'The database is at a later release, beside which this one may run for a while';

/** What an operator is told where a later release has brought the database further than this one knows. */
export function laterWarning({ later }: Compared): typeof isLater | undefined {
  return later.length === 0 ? undefined : isLater;
}
