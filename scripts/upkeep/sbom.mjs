// @ts-check
// `npm run sbom`: what this is made of, as CycloneDX, by npm's own command and without a network.
// The rule it keeps: it says what is installed, and nothing of where this machine gets packages from.
import { spawnSync } from 'node:child_process'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { findNpm } from '../launch/npm.mjs'

const root = fileURLToPath(new URL('../..', import.meta.url))
const file = join(root, '.build', 'sbom.cdx.json')

/** https://docs.npmjs.com/cli/commands/npm-sbom */
const given = ['sbom', '--sbom-format=cyclonedx', '--sbom-type=application', '--offline']
const made = spawnSync(process.execPath, [findNpm(process.env), ...given], {
  cwd: root,
  encoding: 'utf8',
  maxBuffer: 100_000_000
})
if (made.status !== 0) {
  console.error(`npm could not say what is installed:\n${made.stderr.trim()}`)
  process.exit(1)
}
const bill = JSON.parse(made.stdout)
const { name } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))
// npm calls the whole after the folder that the clone lies in.
bill.metadata.component.name = name
for (const component of [bill.metadata.component, ...bill.components])
  component.externalReferences = component.externalReferences?.filter(
    (/** @type {{ type: string }} */ reference) => reference.type !== 'distribution'
  )
mkdirSync(join(root, '.build'), { recursive: true })
writeFileSync(file, `${JSON.stringify(bill, undefined, 2)}\n`)
console.log(`Wrote ${file}: ${bill.components.length} packages.`)
