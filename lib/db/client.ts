// The one door to the database: a Prisma client made when it is first asked for.
// The rule it keeps: one pool a process, however often a development server reloads this file.
import 'server-only'
import { PrismaPg } from '@prisma/adapter-pg'
import { env } from '../env.ts'
import { connectionOf } from './connection.ts'
import { PrismaClient } from './generated/client.ts'

const kept = globalThis as typeof globalThis & { mailOauthWizardDatabase?: PrismaClient }

/**
 * @returns the client for DATABASE_URL, which the launcher sets for the embedded database too. It connects with the
 *   first query and reconnects by itself.
 */
export function database(): PrismaClient {
  kept.mailOauthWizardDatabase ??= openDatabase(env().databaseUrl)
  return kept.mailOauthWizardDatabase
}

/** A transaction waits for its turn as long as a query outside of one would: where many come at once, late beats never.
 *  The embedded database has one session for everybody. */
const transactionWaitMs = 20_000

/** A client of its own, for tests and tools; whoever opens it closes it with `$disconnect()`. */
export function openDatabase(databaseUrl: string): PrismaClient {
  return new PrismaClient({
    adapter: new PrismaPg(connectionOf(databaseUrl)),
    transactionOptions: { maxWait: transactionWaitMs, timeout: transactionWaitMs }
  })
}
