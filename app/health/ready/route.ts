// Ready: the database answers and has every migration. Otherwise 503 and what is missing, in words that tell no secret.
import { readMissing } from '../../../lib/wizard/readiness.ts'

export const dynamic = 'force-dynamic'

export async function GET() {
  const missing = await readMissing()
  const ready = missing.length === 0
  return Response.json(ready ? { status: 'ready' } : { status: 'not ready', missing }, {
    status: ready ? 200 : 503,
    headers: { 'Cache-Control': 'no-store' }
  })
}
