// What Prisma's command line needs to generate the client. Migrations are made and applied by prisma/*.ts, without it.
import { defineConfig } from 'prisma/config'

export default defineConfig({ schema: 'prisma/schema.prisma' })
