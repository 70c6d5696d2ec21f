// The way out of another Object ID: the comparison stands open, and the repair behind what it showed.
import { renderToStaticMarkup } from 'react-dom/server'
import { expect, test } from 'vitest'
import { RepairScript } from './repair.tsx'

const objectId = 'bf822882-b0bf-4acc-a606-7da6b107a435'
const repair = { code: 'Remove-ServicePrincipal', pairs: [['objectId', objectId]] as const }
const html = (given: Partial<Parameters<typeof RepairScript>[0]> = {}) =>
  renderToStaticMarkup(<RepairScript objectId={objectId} scriptsHref="/tools/powershell" {...given} />)

test('the script that repairs is folded behind what Enterprise applications shows', () => {
  const page = html({ repair })
  const [before = '', folded = ''] = page.split('<details')
  expect(before).toContain('Compare the Object IDs before you change Exchange')
  expect(before).toContain('correct the form and remove nothing')
  expect(before).not.toContain('repair.ps1')
  expect(folded.split('>')[0]).not.toContain('open=')
  expect(folded).toContain(`Enterprise applications shows ${objectId}: repair the entry`)
  expect(folded).toContain('/tools/powershell/repair.ps1')
})

test('without the tenant ID the comparison is asked for all the same', () => {
  expect(html()).toContain('Compare the Object IDs before you change Exchange')
  expect(html()).not.toContain('<details')
})
