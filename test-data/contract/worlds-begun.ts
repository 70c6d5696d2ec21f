// Tenants that are empty or that an earlier walk got some way with, and nothing stands in the way.
import type { Control } from '../../practice-tenant/control/actions.ts'
import type { Half } from '../../practice-tenant/worlds/index.ts'
import { key, reset, tags, type World } from './world.ts'

const halfDone = (upTo: Half, permissions?: string[]) => (control: Control) => {
  control.reset({ world: 'half-done', setupKey: key, displayName: 'Invoices', tags, upTo, permissions })
  return {}
}

export const begun: readonly World[] = [
  { name: 'an empty tenant', end: 'done', thorough: true, arrange: reset('empty') },
  { name: 'an application without its enterprise application', end: 'done', arrange: halfDone('application') },
  { name: 'an application that asks for nothing yet', end: 'done', arrange: halfDone('service-principal') },
  { name: 'an application that nobody has consented to', end: 'done', arrange: halfDone('permissions') },
  {
    name: 'an application that asks for IMAP only',
    end: 'done',
    arrange: halfDone('permissions', ['IMAP.AccessAsApp'])
  },
  { name: 'one of three grants', end: 'done', arrange: halfDone('one-grant') },
  { name: 'all but the secret', end: 'done', arrange: halfDone('grants') },
  {
    name: 'a setup for IMAP alone',
    end: 'done',
    arrange: control => {
      control.reset()
      return { protocols: ['IMAP'] }
    }
  },
  { name: 'a cloud without upsert', end: 'done', thorough: true, arrange: reset('no-upsert') },
  {
    name: 'a cloud without upsert, half done',
    end: 'done',
    arrange: control => {
      control.reset({ world: 'no-upsert' })
      control.seedApplication({ displayName: 'Invoices', tags })
      return { findsBy: 'tag' }
    }
  }
]
