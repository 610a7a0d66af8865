import type { Command } from 'commander';
import type { Environment } from '../../config/env.ts';
import { loadInstallationKeys } from '../../config/installation-key.ts';
import type { Database } from '../../database/transaction.ts';
import type { PublisherId } from '../../kit/ids.ts';
import { OperatorError } from '../../kit/operator-error.ts';
import { commandOrigin, type OriginCall } from '../../kit/origin.ts';
import type { FieldProblem } from '../../kit/problem.ts';
import { provideSecrets } from '../../operations/provide-secrets.ts';
import { createPublisherDirectory } from '../../publishers/find-publisher.ts';
import { explainFileErrors } from '../explain-file-errors.ts';
import { withDatabase } from '../open-database.ts';
import { print } from '../print.ts';
import { unknownPublisher } from '../publishers/unknown-publisher.ts';
import { fileArgument, publisherArgument } from '../read-arguments.ts';
import type { ReadEnvironment } from '../verb.ts';
import { type Counts, importPeople } from './import-file.ts';
import { readRecords } from './read-records.ts';

/**
 * Brings customers and readers of another system here. Each line that is not taken over is named, with its
 * field and the rule; all others are. Done again it changes nothing.
 */
export function importPeopleVerb(command: Command, readEnvironment: ReadEnvironment, call: OriginCall): void {
  command
    .description('bring customers and readers from another system; names each line that it does not take')
    .addArgument(publisherArgument())
    .addArgument(
      fileArgument('JSON lines, or a table (CSV) with names of columns; see the guide on moving in'),
    )
    .option('--dry-run', 'tell the same, and write nothing')
    .action((publisherId: PublisherId, file: string, { dryRun = false }: { dryRun?: boolean }) =>
      importFile(readEnvironment(), call, { publisherId, file, isDryRun: dryRun }),
    );
}

type Given = { publisherId: PublisherId; file: string; isDryRun: boolean };

async function importFile(environment: Environment, call: OriginCall, given: Given): Promise<void> {
  const { settings, passwords, installationKey } = environment;
  const { publisherId, file, isDryRun } = given;
  await withDatabase(settings, async (opened: Database) => {
    const database = opened.startedBy({ ...commandOrigin, call });
    const keys = await loadInstallationKeys(installationKey);
    const { credentialHash } = await provideSecrets(database, keys, passwords);
    const publisher = await createPublisherDirectory({ database }).findPublisher(publisherId);
    if (!publisher) throw unknownPublisher(publisherId);
    const work = { database, publisher, credentialHash, isDryRun, refused: tell };
    const counts = await explainFileErrors(file, importPeople(work, readRecords(file)));
    report(counts, isDryRun);
  });
}

/** What a line says is not repeated: it names people. */
function tell(line: number, problems: readonly FieldProblem[]): void {
  for (const { rule, message } of problems) print(`line ${line}: ${message} (${rule})`);
}

function report(counts: Counts, isDryRun: boolean): void {
  const told = Object.entries(counts).map(([what, count]) => `${what} ${count}`);
  print(`Lines: ${told.join(', ')}.`);
  if (isDryRun) print('Nothing was written: this was a dry run.');
  if (counts.refused > 0) {
    throw new OperatorError(`Lines that are not taken over: ${counts.refused} (see above).`);
  }
}
