// Alive: the server answers.
export function GET() {
  return Response.json({ status: 'ok' })
}
