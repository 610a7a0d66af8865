import { readdir, readFile } from 'node:fs/promises';

/** Folders of `docs` whose documents are served, below `/docs/`. */
const documentFolders = ['guides', 'how-to', 'decisions', 'providers'] as const;
export type DocumentFolder = (typeof documentFolders)[number];

const docs = new URL('../../../docs/', import.meta.url);
const nameForm = /^[A-Za-z0-9][A-Za-z0-9-]*$/;

/** A document's Markdown; nothing where there is none, also where an installation leaves documents out. */
export async function readDocument(folder: DocumentFolder, name: string): Promise<string | undefined> {
  if (!nameForm.test(name)) return undefined;
  return readFile(new URL(`${folder}/${name}.md`, docs), 'utf8').catch(() => undefined);
}

/** How close we are to the original, as the tests have it. */
const compatibilityAddress = '/docs/compatibility';

export async function readCompatibility(): Promise<string | undefined> {
  return readFile(new URL('compatibility.md', docs), 'utf8').catch(() => undefined);
}

/** The documents of a folder, by name, with the heading of each. */
export async function listDocuments(folder: DocumentFolder): Promise<{ name: string; title: string }[]> {
  const listed = (await namesIn(folder)).map(async (name) => {
    const text = (await readDocument(folder, name)) ?? '';
    return { name, title: /^# (.+)$/m.exec(text)?.[1] ?? name };
  });
  return Promise.all(listed);
}

/** Where every document stands that is served. */
export async function findDocumentAddresses(): Promise<ReadonlySet<string>> {
  const inFolders = documentFolders.map(async (folder) =>
    (await namesIn(folder)).map((name) => `/docs/${folder}/${name}`),
  );
  return new Set([compatibilityAddress, ...(await Promise.all(inFolders)).flat()]);
}

async function namesIn(folder: DocumentFolder): Promise<string[]> {
  const files = await readdir(new URL(`${folder}/`, docs)).catch(() => []);
  return files
    .filter((file) => file.endsWith('.md'))
    .map((file) => file.slice(0, -'.md'.length))
    .toSorted();
}
