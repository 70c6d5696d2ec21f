// Which pages mark hosts that no Microsoft source confirms, and that they name those and no others.
import { renderToStaticMarkup } from 'react-dom/server'
import { describe, expect, test } from 'vitest'
import { readCustomClouds } from '../../../../lib/microsoft/clouds.ts'
import { connectYourProgram } from '../../../../lib/steps/connect-your-program.ts'
import { steps } from '../../../../lib/steps/index.ts'
import type { Cloud, Setup, Step } from '../../../../lib/steps/step.ts'
import { testTheConnection } from '../../../../lib/steps/test-the-connection.ts'
import { chinaCloud, globalCloud } from '../../../../test-data/sample-input.ts'
import { Unconfirmed } from './unconfirmed.tsx'

const china: Cloud = { ...chinaCloud, unconfirmed: ['outlookScope', 'imap', 'pop', 'smtp'] }
const shown = (cloud: Cloud, step: Step) =>
  renderToStaticMarkup(<Unconfirmed at={{ setup: { cloud } as Setup, step }} />)

describe('hosts that no Microsoft source confirms', () => {
  test('are marked where a connection is tested and where a program is connected, and nowhere else', () => {
    const marking = steps.filter(step => shown(china, step) !== '')
    expect(marking).toEqual([testTheConnection, connectYourProgram])
    for (const step of steps) expect(shown(globalCloud, step)).toBe('')
  })

  test('are named each once', () => {
    expect(shown(china, testTheConnection)).toContain(
      'names partner.outlook.cn or smtp.partner.outlook.cn or https://partner.outlook.cn/.default. '
    )
  })

  test('are named without those that a cloud file has changed', () => {
    const text = JSON.stringify({ ...chinaCloud, graph: 'https://microsoftgraph.chinacloudapi.cn', title: 'Ours' })
    const [ours] = readCustomClouds(text.replace('smtp.partner.outlook.cn', 'smtp.ours.example'))
    expect(shown(ours as Cloud, testTheConnection)).toContain(
      'names partner.outlook.cn or https://partner.outlook.cn/.default. '
    )
  })
})
