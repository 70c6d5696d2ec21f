// What instances that were built apart agree on, and what no build gives away.
import { describe, expect, it } from 'vitest'
import { namesForBuild, namesForServer } from './build-names.mjs'

const print = 'a'.repeat(64)
const other = 'b'.repeat(64)
const appKey = 'k'.repeat(43)

describe('the names of a build', () => {
  it('are the same for the same sources, and others for others', () => {
    expect(namesForBuild(print)).toEqual(namesForBuild(print))
    const [one, two] = [namesForBuild(print), namesForBuild(other)]
    for (const name of Object.keys(one) as (keyof typeof one)[]) expect(one[name]).not.toBe(two[name])
  })

  it('are in the shape that Next takes: a key of 32 bytes, and an ID of letters and digits', () => {
    for (const { NEXT_SERVER_ACTIONS_ENCRYPTION_KEY: key, NEXT_DEPLOYMENT_ID: id } of [
      namesForBuild(print),
      namesForServer(print, appKey)
    ]) {
      expect(Buffer.from(key, 'base64')).toHaveLength(32)
      expect(id).toMatch(/^[a-zA-Z0-9_-]+$/)
    }
  })
})

describe('the names of a server', () => {
  it('are those of its build, with a key that the build does not know', () => {
    const server = namesForServer(print, appKey)
    expect(server.NEXT_DEPLOYMENT_ID).toBe(namesForBuild(print).NEXT_DEPLOYMENT_ID)
    expect(server.NEXT_SERVER_ACTIONS_ENCRYPTION_KEY).not.toBe(namesForBuild(print).NEXT_SERVER_ACTIONS_ENCRYPTION_KEY)
  })

  it('seal alike wherever APP_KEY is the same, and differently where it is not', () => {
    const key = (of: string) => namesForServer(print, of).NEXT_SERVER_ACTIONS_ENCRYPTION_KEY
    expect(key(appKey)).toBe(key(appKey))
    expect(key(appKey)).not.toBe(key('l'.repeat(43)))
  })
})
