import { posix } from 'node:path';
import type { Problem } from './check.ts';
import { writeGenerated } from './reading/compare-generated.ts';
import { listFiles, readText } from './reading/list-files.ts';
import { isRecord, loadBuilt, textMember } from './reading/load-built.ts';

const table = 'server/kit/problem-codes.ts';
const folder = 'docs/errors';

type Entry = { code: string; title: string; status: string; explanation: string; exceptionType: string };

export const name = 'errors-documented';

/**
 * Every problem code has a page, where the `type` of an error leads. The first lines of a page come from the
 * table; what stands below them is written by hand and kept.
 */
export async function run(root: string): Promise<Problem[]> {
  const entries = await readEntries(root);
  if (!Array.isArray(entries)) return [entries];
  const pages = await Promise.all(entries.map((entry) => checkPage(root, entry)));
  const known = new Set(entries.map(pageOf));
  const orphans = (await listFiles(root, folder)).filter(
    (file) => !known.has(file) && !file.endsWith('/README.md'),
  );
  return [
    ...pages.flat(),
    ...orphans.map((file) => ({ file, message: 'describes a code that does not exist' })),
  ];
}

export async function fix(root: string): Promise<void> {
  const entries = await readEntries(root);
  if (!Array.isArray(entries)) return;
  await Promise.all(
    entries.map(async (entry) => {
      const page = await readText(root, pageOf(entry));
      if (page?.startsWith(headOf(entry)) !== true) {
        await writeGenerated(root, pageOf(entry), headOf(entry) + bodyOf(page));
      }
    }),
  );
}

async function readEntries(root: string): Promise<Entry[] | Problem> {
  const loaded = await loadBuilt(root, table);
  if ('problem' in loaded) return loaded.problem;
  const codes = loaded.exports.problemCodes;
  if (!Array.isArray(codes)) return { file: table, message: 'exports no array `problemCodes`' };
  return codes.map((code: unknown) => ({
    code: textMember(code, 'code') ?? '',
    title: textMember(code, 'title') ?? '',
    status: isRecord(code) ? String(code.status) : '',
    explanation: textMember(code, 'explanation') ?? '',
    exceptionType: textMember(code, 'exceptionType') ?? '',
  }));
}

async function checkPage(root: string, entry: Entry): Promise<Problem[]> {
  const file = pageOf(entry);
  const page = await readText(root, file);
  if (page?.startsWith(headOf(entry)) === true) return [];
  const fault = page === undefined ? 'is missing' : 'differs from the table in its first lines';
  return [{ file, message: `${fault}; npm run check -- --fix writes it from ${table}` }];
}

function pageOf(entry: Entry): string {
  return posix.join(folder, `${entry.code}.md`);
}

function headOf(entry: Entry): string {
  const { title, code, status, exceptionType, explanation } = entry;
  return `# ${title}\n\n\`${code}\` · HTTP ${status} · \`${exceptionType}\`\n\n${explanation}\n`;
}

/** What was written by hand: all after the title, the line of codes and the explanation. */
function bodyOf(page: string | undefined): string {
  const body = page?.split('\n\n').slice(3).join('\n\n') ?? '';
  return body === '' ? '' : `\n${body}`;
}
