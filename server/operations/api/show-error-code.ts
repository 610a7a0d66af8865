import { readFile } from 'node:fs/promises';
import type { PageEndpoint } from '../../kit/http/endpoint.ts';
import { Problem } from '../../kit/problem.ts';
import { problemCodes } from '../../kit/problem-codes.ts';

const folder = new URL('../../../../docs/errors/', import.meta.url);

/** The page that the `type` of every problem document leads to. */
export const showErrorCode: PageEndpoint<unknown> = {
  operationId: 'showErrorCode',
  summary: 'Explain an error code',
  async handlePage(_context, call) {
    const entry = problemCodes.find(({ code }) => code === call.params['code']);
    if (!entry) throw new Problem('not_found');
    const content = await readFile(new URL(`${entry.code}.md`, folder), 'utf8').catch(
      // An installation may leave the folder of documents out.
      () => `# ${entry.title}\n\n${entry.explanation}\n`,
    );
    return { text: { type: 'text/plain; charset=utf-8', content } };
  },
};
