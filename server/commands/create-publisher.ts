import type { Environment } from '../config/env.ts';
import { isCurrency } from '../kit/money.ts';
import { OperatorError } from '../kit/operator-error.ts';
import { country as countryRule, readSettingChanges } from '../kit/setting.ts';
import { createPublisher } from '../publishers/create-publisher.ts';
import { publisherProfile } from '../publishers/publisher-settings.ts';
import { withDatabase } from './open-database.ts';
import { print } from './print.ts';
import { requireParameter } from './read-parameters.ts';

/**
 * `create-publisher <name> <country> <currency> <time zone> <locale> [owner's e-mail]`, as in `NO NOK
 * Europe/Oslo nb`.
 */
export async function createPublisherCommand(
  { settings }: Environment,
  parameters: readonly string[],
): Promise<void> {
  const [name, country, currency, timeZone, locale, ownerEmail] = parameters;
  const publisher = {
    name: requireParameter(name, 'the name of the publisher'),
    country: requireParameter(country, 'a country of two capital letters'),
    currency: requireParameter(currency, 'a currency, such as NOK'),
    timeZone: requireParameter(timeZone, 'a time zone, such as Europe/Oslo'),
    locale: requireParameter(locale, 'a language, such as nb'),
    ...(ownerEmail !== undefined && { ownerEmail }),
  };
  if (countryRule.read(publisher.country) !== publisher.country)
    throw new OperatorError(`The country must be ${countryRule.rule}.`);
  const { currency: known, country: _country, ...profile } = publisher;
  const [broken] = readSettingChanges(publisherProfile, profile).problems;
  if (broken) throw new OperatorError(broken.message);
  if (!isCurrency(known)) throw new OperatorError(`The currency ${known} is not supported.`);
  const id = await withDatabase(settings, (database) =>
    database.transaction('create-publisher', (transaction) =>
      createPublisher(transaction, { ...publisher, currency: known }),
    ),
  );
  print(`The publisher ${publisher.name} has the id ${id}.`);
}
