// What the list of traps says of parameters, as Microsoft's own pages say it.
import { renderToStaticMarkup } from 'react-dom/server'
import { expect, test } from 'vitest'
import { TutorialTraps } from './tutorial-traps.tsx'

test('-ServiceId is on its way out, and not gone: its page calls it mandatory still', () => {
  const html = renderToStaticMarkup(<TutorialTraps />)
  expect(html).toContain('Microsoft is deprecating -ServiceId')
  expect(html).not.toMatch(/has deprecated|is deprecated/)
})
