// @ts-check
// What several instances behind one address have to agree on, although each was built apart: the names of Next's actions,
// the key that seals what an action carries, and the build's own name.
// The rule it keeps: the same sources give the same names, and whatever seals is made of APP_KEY, which no build knows.
// https://nextjs.org/docs/app/guides/self-hosting#multi-server-deployments
import { createHash, hkdfSync } from 'node:crypto'

/** A page of another build is loaded whole, instead of mixing its parts with this one's.
 *  @param {string} print the fingerprint of what was built */
const deploymentId = print => print.slice(0, 16)

/**
 * @param {string} print the fingerprint of what is built
 * @returns for `next build`, which names each action by a hash over this key. It is no secret there: it seals nothing
 */
export function namesForBuild(print) {
  return {
    NEXT_SERVER_ACTIONS_ENCRYPTION_KEY: createHash('sha256').update(`names of actions ${print}`).digest('base64'),
    NEXT_DEPLOYMENT_ID: deploymentId(print)
  }
}

/**
 * @param {string} print the fingerprint of what was built
 * @param {string} appKey the same for every instance
 * @returns for `next start`, whose key takes the place of the build's wherever something is sealed or opened
 */
export function namesForServer(print, appKey) {
  return {
    NEXT_SERVER_ACTIONS_ENCRYPTION_KEY: Buffer.from(hkdfSync('sha256', appKey, '', 'server actions', 32)).toString(
      'base64'
    ),
    NEXT_DEPLOYMENT_ID: deploymentId(print)
  }
}
