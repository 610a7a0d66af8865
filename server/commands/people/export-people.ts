import type { Command } from 'commander';
import type { PublisherId } from '../../kit/ids.ts';
import type { OriginCall } from '../../kit/origin.ts';
import { exportLines } from '../export-lines.ts';
import { fileArgument, publisherArgument } from '../read-arguments.ts';
import type { ReadEnvironment } from '../verb.ts';
import { gatherPeople } from './gather-people.ts';

/** Writes all customers and readers of a publisher to a file that `import people` takes elsewhere. */
export function exportPeopleVerb(command: Command, readEnvironment: ReadEnvironment, call: OriginCall): void {
  command
    .description('write all customers and readers of a publisher to a file, as JSON lines')
    .addArgument(publisherArgument())
    .addArgument(fileArgument('the file to write; it names people, and may be read by you alone'))
    .action((publisherId: PublisherId, file: string) =>
      exportLines(readEnvironment(), call, { publisherId, file }, gatherPeople),
    );
}
