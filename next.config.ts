// How Next builds and serves the wizard.
import type { NextConfig } from 'next'

const config: NextConfig = {
  poweredByHeader: false,
  reactStrictMode: true,
  typedRoutes: false,
  serverExternalPackages: ['@azure/msal-node', 'pg', '@prisma/adapter-pg', 'undici']
}

export default config
