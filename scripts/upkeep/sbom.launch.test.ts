// The bill of materials names every package that is needed to run this, and no place of this machine's.
import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { expect, it } from 'vitest'

const root = fileURLToPath(new URL('../../', import.meta.url))
const read = (path: string) => readFileSync(`${root}${path}`, 'utf8')

it('lists every dependency in the locked version, and tells no registry and no folder', () => {
  const made = spawnSync(process.execPath, ['scripts/upkeep/sbom.mjs'], { cwd: root, encoding: 'utf8' })
  expect(made.stderr).toBe('')
  const text = read('.build/sbom.cdx.json')
  const bill: { metadata: { component: { name: string } }; components: { name: string; version: string }[] } =
    JSON.parse(text)
  const { name, dependencies }: { name: string; dependencies: Record<string, string> } = JSON.parse(
    read('package.json')
  )
  expect(bill.metadata.component.name).toBe(name)
  for (const [dependency, version] of Object.entries(dependencies))
    expect(bill.components).toContainEqual(expect.objectContaining({ name: dependency, version }))
  expect(text).not.toContain('"distribution"')
  expect(text).not.toContain(root.replace(/\/$/, ''))
})
