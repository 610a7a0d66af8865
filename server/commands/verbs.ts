import { createClientVerb } from './clients/create-client.ts';
import { disableClientVerb } from './clients/disable-client.ts';
import { enableClientVerb } from './clients/enable-client.ts';
import { endTokensVerb } from './clients/end-tokens.ts';
import { listClientsVerb } from './clients/list-clients.ts';
import { rotateClientVerb } from './clients/rotate-client.ts';
import { setClientVerb } from './clients/set-client.ts';
import { showClientVerb } from './clients/show-client.ts';
import { createPublisherVerb } from './create-publisher.ts';
import { doctorVerb } from './doctor.ts';
import { exportOrdersVerb } from './export-orders.ts';
import { exportSetupVerb } from './export-setup.ts';
import { importCatalogueVerb } from './import-catalogue.ts';
import { importSetupVerb } from './import-setup.ts';
import { migrateVerb } from './migrate.ts';
import { exportPeopleVerb } from './people/export-people.ts';
import { importPeopleVerb } from './people/import-people.ts';
import { listPublishersVerb } from './publishers/list-publishers.ts';
import { setPublisherVerb } from './publishers/set-publisher.ts';
import { showPublisherVerb } from './publishers/show-publisher.ts';
import { confirmNumberVerb } from './readers/confirm-number.ts';
import { reconcileVerb } from './reconcile.ts';
import { rotateKeysVerb } from './rotate-keys.ts';
import { rotateOauthKeyVerb } from './rotate-oauth-key.ts';
import { startVerb } from './start.ts';
import type { Verb } from './verb.ts';

// Why no act is kept of a command.
const onlyReads = 'it changes nothing';
const ofInstallation = 'it is of the installation, and of no publisher';

/** Everything that an operator can type, in the order of the help. */
export const verbs: readonly Verb[] = [
  { name: 'start', act: { none: 'what it does is told by events' }, define: startVerb },
  { name: 'migrate', act: { none: ofInstallation }, define: migrateVerb },
  { name: 'doctor', act: { none: onlyReads }, define: doctorVerb },
  {
    name: 'reconcile',
    act: { none: 'what it finds is told by events, with who began them' },
    define: reconcileVerb,
  },
  {
    name: 'publisher create',
    formerName: 'create-publisher',
    act: { on: 'publisher' },
    define: createPublisherVerb,
  },
  { name: 'publisher list', act: { none: onlyReads }, define: listPublishersVerb },
  { name: 'publisher show', act: { none: onlyReads }, define: showPublisherVerb },
  { name: 'publisher set', act: { on: 'publisher' }, define: setPublisherVerb },
  { name: 'client create', formerName: 'create-client', act: { on: 'client' }, define: createClientVerb },
  { name: 'client list', act: { none: onlyReads }, define: listClientsVerb },
  { name: 'client show', act: { none: onlyReads }, define: showClientVerb },
  { name: 'client set', act: { on: 'client' }, define: setClientVerb },
  {
    name: 'client rotate',
    formerName: 'rotate-client-secret',
    act: { on: 'client' },
    define: rotateClientVerb,
  },
  { name: 'client end-tokens', act: { on: 'client' }, define: endTokensVerb },
  { name: 'client disable', act: { on: 'client' }, define: disableClientVerb },
  { name: 'client enable', act: { on: 'client' }, define: enableClientVerb },
  { name: 'reader confirm-number', act: { on: 'reader' }, define: confirmNumberVerb },
  { name: 'keys rotate', formerName: 'rotate-keys', act: { none: ofInstallation }, define: rotateKeysVerb },
  {
    name: 'keys rotate-oauth',
    formerName: 'rotate-oauth-key',
    act: { none: ofInstallation },
    define: rotateOauthKeyVerb,
  },
  {
    name: 'import catalogue',
    formerName: 'import-catalogue',
    act: { on: 'catalogue' },
    define: importCatalogueVerb,
  },
  { name: 'import setup', formerName: 'import-setup', act: { on: 'publisher' }, define: importSetupVerb },
  { name: 'import people', act: { on: 'people' }, define: importPeopleVerb },
  { name: 'export setup', formerName: 'export-setup', act: { none: onlyReads }, define: exportSetupVerb },
  { name: 'export people', act: { on: 'people' }, define: exportPeopleVerb },
  { name: 'export orders', act: { on: 'orders' }, define: exportOrdersVerb },
];

/** What the groups of verbs are about. */
export const groups: Readonly<Record<string, string>> = {
  publisher: 'tenants and their settings',
  client: 'OAuth clients of a publisher, their settings, secrets and tokens',
  reader: 'people with an account at a publisher',
  keys: 'the keys of this installation',
  import: 'write to the database what a file holds',
  export: 'write to a file what the database holds',
};
