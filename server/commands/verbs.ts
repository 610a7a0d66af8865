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
import { exportSetupVerb } from './export-setup.ts';
import { importCatalogueVerb } from './import-catalogue.ts';
import { importSetupVerb } from './import-setup.ts';
import { migrateVerb } from './migrate.ts';
import { listPublishersVerb } from './publishers/list-publishers.ts';
import { setPublisherVerb } from './publishers/set-publisher.ts';
import { showPublisherVerb } from './publishers/show-publisher.ts';
import { reconcileVerb } from './reconcile.ts';
import { rotateKeysVerb } from './rotate-keys.ts';
import { rotateOauthKeyVerb } from './rotate-oauth-key.ts';
import { startVerb } from './start.ts';
import type { Verb } from './verb.ts';

/** Everything that an operator can type, in the order of the help. */
export const verbs: readonly Verb[] = [
  { name: 'start', define: startVerb },
  { name: 'migrate', define: migrateVerb },
  { name: 'doctor', define: doctorVerb },
  { name: 'reconcile', define: reconcileVerb },
  { name: 'publisher create', formerName: 'create-publisher', define: createPublisherVerb },
  { name: 'publisher list', define: listPublishersVerb },
  { name: 'publisher show', define: showPublisherVerb },
  { name: 'publisher set', define: setPublisherVerb },
  { name: 'client create', formerName: 'create-client', define: createClientVerb },
  { name: 'client list', define: listClientsVerb },
  { name: 'client show', define: showClientVerb },
  { name: 'client set', define: setClientVerb },
  { name: 'client rotate', formerName: 'rotate-client-secret', define: rotateClientVerb },
  { name: 'client end-tokens', define: endTokensVerb },
  { name: 'client disable', define: disableClientVerb },
  { name: 'client enable', define: enableClientVerb },
  { name: 'keys rotate', formerName: 'rotate-keys', define: rotateKeysVerb },
  { name: 'keys rotate-oauth', formerName: 'rotate-oauth-key', define: rotateOauthKeyVerb },
  { name: 'import catalogue', formerName: 'import-catalogue', define: importCatalogueVerb },
  { name: 'import setup', formerName: 'import-setup', define: importSetupVerb },
  { name: 'export setup', formerName: 'export-setup', define: exportSetupVerb },
];

/** What the groups of verbs are about. */
export const groups: Readonly<Record<string, string>> = {
  publisher: 'tenants and their settings',
  client: 'OAuth clients of a publisher, their settings, secrets and tokens',
  keys: 'the keys of this installation',
  import: 'write to the database what a file holds',
  export: 'write to a file what the database holds',
};
