import { readFile } from 'node:fs/promises';

const guide = new URL('../../../docs/guides/run-in-production.md', import.meta.url);
const heading = '## Bounces through Postfix';

/** The files that the guide names for Postfix, by name, with what it puts into each. */
export type Recipe = { main: string[]; master: string[]; transport: string; handOn: string };

/** What the guide tells an operator, with places of a test instead of the operator's own. */
export async function readRecipe(folder: string, serverUrl: string): Promise<Recipe> {
  const [, text = ''] = (await readFile(guide, 'utf8')).split(`${heading}\n`);
  const files = new Map(
    [...text.matchAll(/^In `([^`]+)`[^\n]*\n\n```\w*\n(.*?)```$/gms)].map(([, file = '', body = '']) => [
      file,
      body,
    ]),
  );
  const read = (file: string) => {
    const body = files.get(file);
    if (body === undefined) throw new Error(`the guide says nothing of ${file}`);
    return body
      .replaceAll('/etc/postfix/', `${folder}/`)
      .replaceAll('/usr/local/bin/', `${folder}/`)
      .replaceAll('https://orders.example.com', serverUrl);
  };
  const linesOf = (file: string) => read(file).trimEnd().split('\n');
  return {
    main: linesOf('/etc/postfix/main.cf'),
    master: linesOf('/etc/postfix/master.cf'),
    transport: read('/etc/postfix/transport'),
    handOn: read('/usr/local/bin/hand-on'),
  };
}
