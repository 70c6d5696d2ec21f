// Alive: the server answers. Touches nothing, so that a database that is away for a moment has nobody restart this.
export function GET() {
  return Response.json({ status: 'ok' }, { headers: { 'Cache-Control': 'no-store' } })
}
