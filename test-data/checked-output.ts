// What the tests of /tools/check-output ask: one application, its IDs, and the outputs of this folder.
import { readFileSync } from 'node:fs'
import { checkOutput } from '../lib/tools/check-output.ts'
import type { ToolCloud } from '../lib/tools/powershell-query.ts'

export const appId = '58d827e0-c69c-401f-8deb-b1224d129dc8'
export const objectId = 'bf822882-b0bf-4acc-a606-7da6b107a435'
export const wrong = '11111111-2222-4333-8444-555555555555'
export const clouds: readonly ToolCloud[] = [
  { name: 'global', title: 'Global', unconfirmed: [] },
  { name: 'china', title: 'China', exchangeEnvironmentName: 'O365China', unconfirmed: [] }
]
export const file = (name: string) => readFileSync(new URL(`outputs/${name}.txt`, import.meta.url), 'utf8')
export const check = (given: Record<string, string>) =>
  checkOutput(
    Object.fromEntries(Object.entries({ appId, objectId, ...given }).map(([name, value]) => [name, [value]])),
    clouds
  )
