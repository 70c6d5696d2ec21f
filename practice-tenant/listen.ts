// Listening on this machine alone. The rule it keeps: 127.0.0.1 and nothing else, on the port of the last run if it is
// free.

import type { AddressInfo, Server } from 'node:net'

const host = '127.0.0.1'

/** Listens on the wanted port; on any free one where it is taken, unless it was demanded. Gives the port. */
export async function listen(server: Server, wanted: number, demanded = false): Promise<number> {
  const attempt = (port: number) =>
    new Promise<number>((resolve, reject) => {
      server.once('error', reject)
      server.listen(port, host, () => {
        server.off('error', reject)
        resolve((server.address() as AddressInfo).port)
      })
    })
  try {
    return await attempt(wanted)
  } catch (error) {
    if (demanded || wanted === 0) throw error
    return attempt(0)
  }
}
