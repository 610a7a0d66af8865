/**
 * How the embedded server differs from PostgreSQL's defaults. What protects data (fsync, checksums) stays
 * default.
 */
export function serverSettings(socketFolder: string): Record<string, string> {
  return {
    listen_addresses: '',
    unix_socket_directories: socketFolder,
    unix_socket_permissions: '0700',
    max_connections: '60',
    shared_buffers: '128MB',
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
