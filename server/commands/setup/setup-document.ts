import { parseCatalogueDocument } from '../../catalogue/catalogue-document.ts';
import { type Currency, isCurrency } from '../../kit/money.ts';
import { OperatorError } from '../../kit/operator-error.ts';
import { country as countryRule, readSettingChanges } from '../../kit/setting.ts';
import { clientProfile, clientSettings } from '../../publishers/client-settings.ts';
import { demoClientId } from '../../publishers/demo-client.ts';
import { publisherProfile, publisherSettings } from '../../publishers/publisher-settings.ts';

/** The form of the file; another number means another form. */
const setupVersion = 1;

/** Values by name, as `publisher set` and `client set` take them. */
type Values = Record<string, unknown>;

export type SetupClient = { clientId: string; isDisabled: boolean; values: Values };

/** An account of a payment method that was set up where the file comes from; its settings are not in it. */
export type SetupAccount = { adapter: string; merchantId: string; settings: readonly string[] };

/** A publisher as it is carried to another database: no secret, no order and no person is in it. */
export type Setup = {
  publisher: { country: string; currency: Currency; values: Values };
  clients: readonly SetupClient[];
  catalogue: unknown;
  paymentAccounts: readonly SetupAccount[];
};

type Problem = { field: string; message: string };

/** Makes the document's JSON; `readSetup` reads it again. */
export function writeSetup({ publisher, clients, catalogue, paymentAccounts }: Setup): string {
  const { country, currency, values } = publisher;
  const document = {
    leveretSetup: setupVersion,
    publisher: { country, currency, ...values },
    clients: clients.map(({ clientId, isDisabled, values: own }) => ({
      clientId,
      ...(isDisabled && { isDisabled }),
      ...own,
    })),
    catalogue,
    paymentAccounts,
  };
  return `${JSON.stringify(document, null, 2)}\n`;
}

/**
 * Reads a file's text. Throws `OperatorError` with one line for each broken row, such as
 * `clients[1].scopes[0] …`: a file is taken whole or not at all.
 */
export function readSetup(text: string): Setup {
  const document = parse(text);
  const problems: Problem[] = [];
  const refuse = (field: string, message: string) => problems.push({ field, message });
  if (document['leveretSetup'] !== setupVersion)
    refuse('leveretSetup', `must be ${setupVersion}: a file that "leveret export setup" made`);
  for (const name of Object.keys(document)) if (!parts.has(name)) refuse(name, 'is not known');
  const setup = {
    publisher: readPublisher(document['publisher'], refuse),
    clients: readClients(document['clients'], refuse),
    catalogue: document['catalogue'] ?? {},
    paymentAccounts: readAccounts(document['paymentAccounts'], refuse),
  };
  for (const { field, message } of parseCatalogueDocument(setup.catalogue).problems)
    problems.push({ field: `catalogue.${field}`, message: withoutField(message, field) });
  throwIfAny(problems);
  return setup;
}

const parts = new Set(['leveretSetup', 'publisher', 'clients', 'catalogue', 'paymentAccounts']);

/** A row that breaks a rule is named on a line of its own. */
export function throwIfAny(problems: readonly Problem[]): void {
  if (problems.length === 0) return;
  const lines = problems.map(({ field, message }) => `${field} ${message}`);
  throw new OperatorError(`${lines.join('\n')}\nNothing was written.`);
}

/** Rules say which field they are about; here the field stands before them, with where it is. */
export function withoutField(message: string, field: string): string {
  return message.startsWith(`${field} `) ? message.slice(field.length + 1) : message;
}

function parse(text: string): Values {
  try {
    const document: unknown = JSON.parse(text.replace(/^\uFEFF/, ''));
    if (isObject(document)) return document;
  } catch (error) {
    throw new OperatorError(`The file is not JSON: ${error instanceof Error ? error.message : ''}.`);
  }
  throw new OperatorError('The file must hold one JSON object.');
}

type Refuse = (field: string, message: string) => unknown;

function readPublisher(given: unknown, refuse: Refuse): Setup['publisher'] {
  const { country, currency, ...values } = isObject(given) ? given : {};
  if (!isObject(given)) refuse('publisher', 'is missing');
  if (countryRule.read(country) !== country) refuse('publisher.country', `must be ${countryRule.rule}`);
  const isKnown = typeof currency === 'string' && isCurrency(currency);
  if (!isKnown) refuse('publisher.currency', 'must be a currency that is supported, such as NOK');
  for (const name of Object.keys(publisherProfile))
    if (isObject(given) && values[name] === undefined) refuse(`publisher.${name}`, 'is missing');
  readValues({ ...publisherProfile, ...publisherSettings }, values, 'publisher', refuse);
  return { country: String(country), currency: isKnown ? currency : 'NOK', values };
}

function readClients(given: unknown, refuse: Refuse): SetupClient[] {
  const seen = new Set<string>();
  return readList(given, 'clients', refuse).map((entry, index) => {
    const field = `clients[${index}]`;
    const { clientId, isDisabled = false, ...values } = entry;
    if (typeof clientId !== 'string' || !clientIdForm.test(clientId))
      refuse(`${field}.clientId`, 'must be a client id, such as no.example.web');
    else if (clientId === demoClientId) refuse(`${field}.clientId`, 'is the demo client, which goes nowhere');
    else if (seen.has(clientId)) refuse(`${field}.clientId`, `names ${clientId} twice`);
    seen.add(String(clientId));
    if (typeof isDisabled !== 'boolean') refuse(`${field}.isDisabled`, 'must be true or false');
    for (const name of ['name', 'profile', 'scopes'])
      if (values[name] === undefined) refuse(`${field}.${name}`, 'is missing');
    readValues({ ...clientProfile, ...clientSettings }, values, field, refuse);
    return { clientId: String(clientId), isDisabled: isDisabled === true, values };
  });
}

const clientIdForm = /^[A-Za-z0-9][\w.-]{0,99}$/;

function readAccounts(given: unknown, refuse: Refuse): SetupAccount[] {
  return readList(given, 'paymentAccounts', refuse).map((entry, index) => {
    const { adapter, merchantId, settings } = entry;
    for (const [name, value] of Object.entries({ adapter, merchantId }))
      if (typeof value !== 'string') refuse(`paymentAccounts[${index}].${name}`, 'must be text');
    const names = Array.isArray(settings) ? settings.map(String) : [];
    return { adapter: String(adapter), merchantId: String(merchantId), settings: names };
  });
}

function readList(given: unknown, field: string, refuse: Refuse): Values[] {
  if (given === undefined) return [];
  if (!Array.isArray(given)) {
    refuse(field, 'must be a list');
    return [];
  }
  return given.map((entry: unknown, index) => {
    if (isObject(entry)) return entry;
    refuse(`${field}[${index}]`, 'must be an object');
    return {};
  });
}

function readValues(
  declared: Parameters<typeof readSettingChanges>[0],
  values: Values,
  place: string,
  refuse: Refuse,
): void {
  for (const { field, message } of readSettingChanges(declared, values).problems)
    refuse(`${place}.${field}`, withoutField(message, field));
}

function isObject(value: unknown): value is Values {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
