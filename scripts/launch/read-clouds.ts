// Reads a custom cloud file as the server will: `node --conditions=react-server --import tsx scripts/launch/read-clouds.ts FILE`.
// The rule it keeps: what is wrong with it is said in one sentence, which repeats nothing of the file.
import { readFileSync } from 'node:fs'
import { readCustomClouds } from '../../lib/microsoft/clouds.ts'

try {
  readCustomClouds(readFileSync(process.argv[2] ?? '', 'utf8'))
} catch (error) {
  console.error(error instanceof Error ? error.message : error)
  process.exitCode = 1
}
