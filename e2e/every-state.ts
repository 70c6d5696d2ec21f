// Every page in every state that it can stand in, as walks of a person. Two uses: axe and the narrow screen
// (every-page.spec.ts and other-clouds.spec.ts), and pictures for people to look at (look.ts).
// The rule it keeps: a new page or state gets its line here, and both see it.
import { byHand, toldApart } from './states/by-hand.ts'
import { easyPath } from './states/easy-path.ts'
import { otherClouds } from './states/other-clouds.ts'
import { microsoftsSide, practicePages } from './states/practice-pages.ts'
import { proof } from './states/proof.ts'
import { signedOut, tools } from './states/signed-out.ts'
import { blocked, interrupted, notices } from './states/troubles.ts'
import type { Walk } from './states/walk.ts'

export const walks: { readonly [name: string]: (walk: Walk) => Promise<void> } = {
  'signed out': signedOut,
  tools,
  'the easy path': easyPath,
  'by hand': byHand,
  'IDs told apart': toldApart,
  'the proof': proof,
  blocked,
  interrupted,
  notices,
  'the sign-in pages of the practice tenant': microsoftsSide,
  'the portal and the console of the practice tenant': practicePages
}

/** The same, on the product of e2e/fixtures/other-clouds.ts. */
export const walksInOtherClouds: typeof walks = { 'in other clouds': otherClouds }
