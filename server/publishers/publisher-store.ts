import { sql } from '../database/statement.ts';

export type PublisherRow = {
  publisher_id: number;
  name: string;
  time_zone: string;
  country: string;
  currency: string;
  locale: string;
  owner_email: string | null;
  settings: unknown;
};

export type ClientRow = {
  client_id: string;
  publisher_id: number;
  name: string;
  profile: string;
  scopes: string[];
  return_addresses: unknown;
  settings: unknown;
  revocation_number: number;
  is_disabled: boolean;
};

export type SecretRow = { client_id: string; slot: number; secret_sha256: Buffer; expires_at: Date | null };

export const listPublishers = sql(
  'publishers.list',
  'SELECT publisher_id, name, time_zone, country, currency, locale, owner_email, settings FROM publishers',
);

export const listClients = sql(
  'clients.list',
  `SELECT client_id, publisher_id, name, profile, scopes, return_addresses, settings, revocation_number,
     disabled_at IS NOT NULL AS is_disabled
   FROM clients`,
);

export const listSecrets = sql(
  'clientSecrets.list',
  `SELECT client_id, slot, secret_sha256, expires_at FROM client_secrets
   WHERE expires_at IS NULL OR expires_at > (SELECT leveret_now())`,
);

export const insertPublisher = sql(
  'publishers.insert',
  `INSERT INTO publishers (name, time_zone, country, currency, locale, owner_email, settings, created_at)
   VALUES ($1, $2, $3, $4, $5, $6, $7, (SELECT leveret_now())) RETURNING publisher_id`,
);

/** `$2`: columns by the names of the profile; `$3`: settings to set; `$4`: names of settings to drop. */
export const updatePublisher = sql(
  'publishers.update',
  `UPDATE publishers SET
     name = coalesce($2::jsonb ->> 'name', name),
     time_zone = coalesce($2::jsonb ->> 'timeZone', time_zone),
     locale = coalesce($2::jsonb ->> 'locale', locale),
     owner_email = nullif(coalesce($2::jsonb ->> 'ownerEmail', owner_email), ''),
     settings = (settings || $3::jsonb) - $4::text[]
   WHERE publisher_id = $1 RETURNING publisher_id`,
);

/** As `updatePublisher`, for a client of the publisher `$1`. */
export const updateClient = sql(
  'clients.update',
  `UPDATE clients SET
     name = coalesce($3::jsonb ->> 'name', name),
     profile = coalesce($3::jsonb ->> 'profile', profile),
     scopes = CASE WHEN $3::jsonb ? 'scopes'
       THEN ARRAY(SELECT jsonb_array_elements_text($3::jsonb -> 'scopes')) ELSE scopes END,
     return_addresses = coalesce($3::jsonb -> 'returnAddresses', return_addresses),
     settings = (settings || $4::jsonb) - $5::text[]
   WHERE publisher_id = $1 AND client_id = $2 RETURNING client_id`,
);

/** Answers no row where the id is taken. */
export const insertClient = sql(
  'clients.insert',
  `INSERT INTO clients
     (client_id, publisher_id, name, profile, scopes, return_addresses, settings, created_at)
   VALUES ($1, $2, $3, $4, $5, $6, $7, (SELECT leveret_now()))
   ON CONFLICT (client_id) DO NOTHING RETURNING client_id`,
);

export const putSecret = sql(
  'clientSecrets.put',
  `INSERT INTO client_secrets (client_id, slot, secret_sha256, created_at)
   VALUES ($1, $2, $3, (SELECT leveret_now()))
   ON CONFLICT (client_id, slot) DO UPDATE
   SET secret_sha256 = excluded.secret_sha256, created_at = excluded.created_at, expires_at = NULL`,
);

/** Locks the client, so that two rotations follow one another. */
export const lockClient = sql(
  'clients.lock',
  'SELECT client_id FROM clients WHERE publisher_id = $1 AND client_id = $2 FOR UPDATE',
);

export const findSecretSlots = sql(
  'clientSecrets.slots',
  'SELECT slot, created_at FROM client_secrets WHERE client_id = $1 ORDER BY created_at, slot',
);

export const limitSecret = sql(
  'clientSecrets.limit',
  `UPDATE client_secrets
   SET expires_at = least(expires_at, (SELECT leveret_now()) + $3 * interval '1 second')
   WHERE client_id = $1 AND slot = $2`,
);

export const revokeTokens = sql(
  'clients.revokeTokens',
  `UPDATE clients SET revocation_number = revocation_number + 1
   WHERE publisher_id = $1 AND client_id = $2 RETURNING revocation_number`,
);

export const publisherOfClient = sql(
  'clients.publisher',
  'SELECT publisher_id FROM clients WHERE client_id = $1',
);

// For the rare moment when a first client is made and two nodes may both want to.
export const lockClients = sql('clients.lockAll', 'LOCK TABLE clients IN SHARE ROW EXCLUSIVE MODE');
