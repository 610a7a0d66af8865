import { readFile } from 'node:fs/promises';
import type { Command } from 'commander';
import { type ImportCounts, importCatalogue } from '../catalogue/import-catalogue.ts';
import type { Environment } from '../config/env.ts';
import type { PublisherId } from '../kit/ids.ts';
import { OperatorError } from '../kit/operator-error.ts';
import type { OriginCall } from '../kit/origin.ts';
import { Problem } from '../kit/problem.ts';
import { explainFileErrors } from './explain-file-errors.ts';
import { print } from './print.ts';
import { unknownPublisher } from './publishers/unknown-publisher.ts';
import { fileArgument, publisherArgument } from './read-arguments.ts';
import type { ReadEnvironment } from './verb.ts';
import { withAct } from './with-act.ts';

/** Adds and updates products, offers, issues and articles, whole or not at all. */
export function importCatalogueVerb(
  command: Command,
  readEnvironment: ReadEnvironment,
  call: OriginCall,
): void {
  command
    .description('add and update products, offers, issues and articles')
    .addArgument(publisherArgument())
    .addArgument(fileArgument('JSON in the form of server/catalogue/demo-catalogue.json'))
    .action((publisherId: PublisherId, file: string) =>
      importFile(readEnvironment(), call, { publisherId, file }),
    );
}

type Given = { publisherId: PublisherId; file: string };

async function importFile(
  { settings }: Environment,
  call: OriginCall,
  { publisherId, file }: Given,
): Promise<void> {
  const document = readJson(file, await explainFileErrors(file, readFile(file, 'utf8')));
  const actOf = (facts: ImportCounts) => ({ publisherId, facts });
  const counts = await withAct(settings, call, actOf, (database) =>
    importCatalogue({ database }, publisherId, document),
  ).catch((error: unknown) => {
    throw error instanceof Problem && error.code === 'not_found' ? unknownPublisher(publisherId) : error;
  });
  const told = Object.entries(counts).map(([what, count]) => `${what} ${count}`);
  print(`Imported: ${told.join(', ')}.`);
}

function readJson(file: string, text: string): unknown {
  try {
    return JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch (error) {
    throw new OperatorError(`${file} is not JSON: ${error instanceof Error ? error.message : ''}.`);
  }
}
