import type { Command } from 'commander';
import type { Environment } from '../config/env.ts';
import type { PublisherId } from '../kit/ids.ts';
import { currencies } from '../kit/money.ts';
import type { OriginCall } from '../kit/origin.ts';
import { country, oneOf } from '../kit/setting.ts';
import { createPublisher, type NewPublisher } from '../publishers/create-publisher.ts';
import { publisherProfile } from '../publishers/publisher-settings.ts';
import { makesDatabase } from './open-database.ts';
import { print } from './print.ts';
import { ruledArgument } from './read-arguments.ts';
import type { ReadEnvironment } from './verb.ts';
import { withAct } from './with-act.ts';

/** Makes a tenant, as in `publisher create "Bygdeavisa" NO NOK Europe/Oslo nb`, and prints its id. */
export function createPublisherVerb(
  command: Command,
  readEnvironment: ReadEnvironment,
  call: OriginCall,
): void {
  command
    .description('make a tenant; prints its id')
    .addArgument(ruledArgument('<name>', publisherProfile.name))
    .addArgument(ruledArgument('<country>', country))
    .addArgument(ruledArgument('<currency>', oneOf(...currencies)))
    .addArgument(ruledArgument('<timeZone>', publisherProfile.timeZone))
    .addArgument(ruledArgument('<language>', publisherProfile.locale))
    .addArgument(ruledArgument('[ownerEmail]', publisherProfile.ownerEmail))
    .action((...given: Given) => makePublisher(readEnvironment(), call, readGiven(given)));
}

type Given = [
  name: string,
  country: string,
  currency: NewPublisher['currency'],
  timeZone: string,
  locale: string,
  ownerEmail: string | undefined,
  ...rest: unknown[],
];

function readGiven([name, countryCode, currency, timeZone, locale, ownerEmail]: Given): NewPublisher {
  const publisher = { name, country: countryCode, currency, timeZone, locale };
  return ownerEmail === undefined ? publisher : { ...publisher, ownerEmail };
}

async function makePublisher(
  { settings }: Environment,
  call: OriginCall,
  publisher: NewPublisher,
): Promise<void> {
  const id = await withAct(
    settings,
    call,
    (made: PublisherId) => ({ publisherId: made, subjectId: made }),
    (database) =>
      database.transaction('create-publisher', (transaction) => createPublisher(transaction, publisher)),
    makesDatabase,
  );
  print(`The publisher ${publisher.name} has the id ${id}.`);
}
