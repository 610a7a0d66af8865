import type { PageEndpoint } from '../../kit/http/endpoint.ts';
import { Problem } from '../../kit/problem.ts';
import { problemCodes } from '../../kit/problem-codes.ts';

/** The page that the `type` of every problem document leads to, as its row of the table says it. */
export const showErrorCode: PageEndpoint<unknown> = {
  operationId: 'showErrorCode',
  summary: 'Explain an error code',
  async handlePage(_context, call) {
    const entry = problemCodes.find(({ code }) => code === call.params['code']);
    if (!entry) throw new Problem('not_found');
    const { title, code, status, exceptionType, explanation } = entry;
    const content = `# ${title}\n\n\`${code}\` · HTTP ${status} · \`${exceptionType}\`\n\n${explanation}\n`;
    return { text: { type: 'text/plain; charset=utf-8', content } };
  },
};
