// How Next builds and serves the wizard.
import type { NextConfig } from 'next'

const publicHost = process.env.BASE_URL ? new URL(process.env.BASE_URL).host : undefined

/** What an action takes at most: room for a list of ten thousand mailboxes. */
const actionBodyMax = '4mb'

const config: NextConfig = {
  poweredByHeader: false,
  reactStrictMode: true,
  // Types are checked by `npm run check`, tests included; a start need not do it again.
  typescript: { ignoreBuildErrors: true },
  // Behind a proxy the Host header may be another; the public address is the one that counts.
  experimental: { serverActions: { bodySizeLimit: actionBodyMax, allowedOrigins: publicHost ? [publicHost] : [] } },
  serverExternalPackages: ['imapflow', 'nodemailer', '@azure/msal-node', 'pg', '@prisma/adapter-pg', 'undici']
}

export default config
