// The practice tenant as a process: node --import tsx practice-tenant/main.ts --data <folder>
// The rule it keeps: one line of JSON on stdout when it is ready, and nothing left behind when it is told to go.

import { parseArgs } from 'node:util'
import { serve } from './server.ts'

const usage = `Usage: node --import tsx practice-tenant/main.ts --data <folder> [--fresh] [--https-port N] [--http-port N]
  [--redirect-uri URI]... [--with-parent]`

function readOptions() {
  const { values } = parseArgs({
    options: {
      data: { type: 'string' },
      fresh: { type: 'boolean', default: false },
      'https-port': { type: 'string' },
      'http-port': { type: 'string' },
      'redirect-uri': { type: 'string', multiple: true },
      'with-parent': { type: 'boolean', default: false }
    }
  })
  const port = (text: string | undefined) => {
    if (text === undefined) return undefined
    const number = Number(text)
    if (!Number.isInteger(number) || number < 0 || number > 65535) throw new Error(`${text} is not a port.`)
    return number
  }
  if (values.data === undefined) throw new Error('--data is missing.')
  return {
    data: values.data,
    fresh: values.fresh,
    httpsPort: port(values['https-port']),
    httpPort: port(values['http-port']),
    redirectUris: values['redirect-uri'] ?? [],
    withParent: values['with-parent']
  }
}

async function main(): Promise<void> {
  let options: ReturnType<typeof readOptions>
  try {
    options = readOptions()
  } catch (error) {
    console.error(`${error instanceof Error ? error.message : String(error)}\n${usage}`)
    process.exit(2)
  }
  const running = await serve(options)
  let stopping = false
  const stop = () => {
    if (stopping) return
    stopping = true
    running.stop().then(
      () => process.exit(0),
      () => process.exit(1)
    )
  }
  process.once('SIGTERM', stop)
  process.once('SIGINT', stop)
  if (options.withParent) {
    // The launcher holds the other end of our stdin: when it dies, however it dies, this ends.
    process.stdin.once('end', stop)
    process.stdin.once('close', stop)
    process.stdin.resume()
  }
  const { https, http, certificateFile: certificate, cloudFile } = running
  process.stdout.write(`${JSON.stringify({ ready: true, https, http, certificate, cloudFile })}\n`)
}

function sentenceOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  if ('code' in error && error.code === 'EADDRINUSE' && 'port' in error) return `Port ${error.port} is taken.`
  return error.message
}

main().catch(error => {
  console.error(sentenceOf(error))
  process.exit(1)
})
