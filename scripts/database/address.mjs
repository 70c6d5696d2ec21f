// Where the embedded database listens, and the URL that says so to the pg driver.
import { dirname } from 'node:path'

/**
 * @param {string | number} where a Unix socket's path (ending in /.s.PGSQL.5432), or a port on 127.0.0.1
 * @returns {string} a DATABASE_URL. Four connections, although PGlite serves one at a time: while one is answered the next
 *   exchange is already on its way (measured in docs/decisions/database.md).
 */
export function databaseUrlFor(where) {
  return typeof where === 'number'
    ? `postgresql://postgres@127.0.0.1:${where}/postgres?connection_limit=4`
    : `postgresql://postgres@localhost/postgres?host=${encodeURIComponent(dirname(where))}&connection_limit=4`
}
