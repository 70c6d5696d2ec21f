import { renderToStaticMarkup } from 'react-dom/server'
import { expect, test } from 'vitest'
import { scriptKinds } from '../../../lib/tools/powershell-files.ts'
import { LongList } from './long-list.tsx'

test('a long list gets every script that a short one gets', () => {
  const html = renderToStaticMarkup(<LongList mailboxes={['a@contoso.example']} rest={[['appId', 'x']]} />)
  const offered = [...html.matchAll(/formaction="\/tools\/powershell\/([^"]+)"/gi)].map(([, name]) => name)
  expect(offered.sort()).toEqual(Object.keys(scriptKinds).sort())
})
