// How Next builds and serves the wizard.
import type { NextConfig } from 'next'

const config: NextConfig = {
  poweredByHeader: false,
  reactStrictMode: true,
  // Types are checked by `npm run check`, tests included; a start need not do it again.
  typescript: { ignoreBuildErrors: true },
  // Room for a list of ten thousand mailboxes.
  experimental: { serverActions: { bodySizeLimit: '4mb' } },
  serverExternalPackages: ['@azure/msal-node', 'pg', '@prisma/adapter-pg', 'undici']
}

export default config
