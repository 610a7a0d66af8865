import { totalmem } from 'node:os';

/** What nobody may change, since the server is reached and closed off by it. Goes with the start itself. */
export function placeSettings(socketFolder: string): Record<string, string> {
  return {
    listen_addresses: '',
    unix_socket_directories: socketFolder,
    unix_socket_permissions: '0700',
  };
}

/**
 * How the embedded server differs from PostgreSQL's defaults. What protects data (fsync, checksums) stays
 * default. It stands in a file that the server reads, so that an operator's `ALTER SYSTEM` is stronger.
 */
export function serverSettings(memoryMegabytes: number): Record<string, string> {
  return {
    ...memorySettings(memoryMegabytes),
    max_connections: '60',
    max_wal_size: '2GB',
    // Data lies on a solid-state disk or in memory. The default suits spinning disks, and makes plans that
    // read small tables whole and are kept while these grow.
    random_page_cost: '1.1',
    jit: 'off',
    timezone: 'UTC',
    log_timezone: 'UTC',
    // Queue rows die soon after they are written: they are swept often and in small portions.
    autovacuum_naptime: '15s',
    autovacuum_vacuum_scale_factor: '0.02',
    autovacuum_vacuum_threshold: '500',
    autovacuum_analyze_scale_factor: '0.02',
    autovacuum_vacuum_cost_limit: '1000',
    // Refused statements and their details carry personal data: they reach the caller, never this log.
    log_min_messages: 'log',
    log_min_error_statement: 'panic',
    log_error_verbosity: 'terse',
    log_checkpoints: 'off',
    log_line_prefix: '%m [%p] ',
  };
}

/**
 * A quarter of what the database may take is its own cache; the rest is left to sessions and to the system's
 * cache. With little memory everything stays as PostgreSQL has it.
 */
export function memorySettings(megabytes: number): Record<string, string> {
  const within = (least: number, wanted: number, most: number) =>
    `${Math.floor(Math.min(Math.max(least, wanted), most))}MB`;
  return {
    shared_buffers: within(128, megabytes / 4, 16_384),
    effective_cache_size: within(4096, megabytes, 1_048_576),
    maintenance_work_mem: within(64, megabytes / 16, 1024),
  };
}

/** Half of what this machine, or the container around us, has: the node and others need the rest. */
export function usualMemoryMegabytes(): number {
  const limit = process.constrainedMemory();
  const bytes = limit > 0 ? Math.min(limit, totalmem()) : totalmem();
  return Math.floor(bytes / 2 ** 20 / 2);
}
