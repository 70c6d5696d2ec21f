// One look reads each path once, and forgets what a change may have touched.
import { describe, expect, test } from 'vitest'
import { Refusal, Silence } from '../microsoft/answers.ts'
import { exchangeOnlineAppId } from '../steps/directory.ts'
import type { GraphPath, Setup, Step, TenantReader } from '../steps/step.ts'
import { glanceOf, look } from './look.ts'

function counted(answer: (path: string) => unknown = path => ({ path })) {
  const asked: string[] = []
  const tenant: TenantReader = {
    async read<T>(path: GraphPath) {
      asked.push(path)
      return answer(path) as T
    },
    async list<T>(path: GraphPath) {
      asked.push(`list ${path}`)
      return [answer(path)] as T[]
    }
  }
  return { asked, glance: glanceOf(tenant) }
}

describe('a glance', () => {
  test('reads each path once, however often and by whomever it is asked', async () => {
    const { asked, glance } = counted()
    const [first, second] = await Promise.all([glance.read('/applications/1'), glance.read('/applications/1')])
    expect(await glance.read('/applications/1')).toBe(first)
    expect(second).toBe(first)
    expect(asked).toEqual(['/applications/1'])
  })

  test('does not take a collection for the object of the same path', async () => {
    const { asked, glance } = counted()
    await glance.read('/applications')
    await glance.list('/applications')
    expect(asked).toEqual(['/applications', 'list /applications'])
  })

  test('asks again after a read that failed', async () => {
    let fails = true
    const { glance } = counted(path => {
      if (!fails) return path
      fails = false
      throw new Silence('lost')
    })
    await expect(glance.read('/me')).rejects.toBeInstanceOf(Silence)
    expect(await glance.read('/me')).toBe('/me')
  })

  test.each([
    ['/applications/1', ['/applications/1', 'list /applications?$filter=x']],
    ["/servicePrincipals(appId='1')", ["/servicePrincipals(appId='1')"]],
    ['/servicePrincipals/9/appRoleAssignments', ["/servicePrincipals(appId='1')"]]
  ] as const)('forgets the collection that %s belongs to, and keeps the rest', async (changed, forgotten) => {
    const { asked, glance } = counted()
    const readAll = async () => {
      await glance.read('/applications/1')
      await glance.list('/applications?$filter=x')
      await glance.read("/servicePrincipals(appId='1')")
      await glance.read('/organization')
    }
    await readAll()
    asked.length = 0
    glance.forget([changed])
    await readAll()
    expect(asked).toEqual(forgotten)
  })

  test('forgets everything when something was restored, for what belongs to it comes back too', async () => {
    const { asked, glance } = counted()
    await glance.read('/organization')
    await glance.read('/applications/1')
    glance.forget(['/directory/deletedItems/1/restore'])
    await glance.read('/organization')
    await glance.read('/applications/1')
    expect(asked).toHaveLength(4)
  })

  test('keeps Exchange Online’s own roles through every change', async () => {
    const { asked, glance } = counted()
    const path = `/servicePrincipals(appId='${exchangeOnlineAppId}')?$select=id` as const
    await glance.read(path)
    glance.forget(['/servicePrincipals', '/applications', '/directory'])
    await glance.read(path)
    expect(asked).toEqual([path])
  })
})

describe('a look', () => {
  const setup = {} as Setup
  const throwing = (error: Error) =>
    ({
      check: async () => {
        throw error
      }
    }) as unknown as Step
  const { glance } = counted()

  test('shows what Microsoft refused as a problem with its reference', async () => {
    const refused = new Refusal({ status: 403, code: 'Authorization_RequestDenied', requestId: 'r' }, [
      'Authorization_RequestDenied'
    ])
    expect(await look(throwing(refused), glance, setup)).toMatchObject({
      kind: 'blocked',
      problem: { id: 'insufficient-privileges', reference: { requestId: 'r' } }
    })
  })

  test.each([new Silence('nothing'), new TypeError('a bug')])(
    'throws what is no answer of Microsoft’s: %s',
    async error => {
      await expect(look(throwing(error), glance, setup)).rejects.toBe(error)
    }
  )
})
