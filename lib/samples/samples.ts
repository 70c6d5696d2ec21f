// Complete code to read and to send, with a setup's own values in it, in the languages that people ask for.

import { csharpSample } from './csharp.ts'
import { curlSample } from './curl.ts'
import { nodeSample } from './node.ts'
import { powershellSample } from './powershell.ts'
import { pythonSample } from './python.ts'
import { asUsual, type Sample, type SampleFile, type SampleInput, type Snippet, secretVariable } from './sample.ts'

/** Files for the protocols chosen, where the cloud's servers are of the usual kind; languages without one are left out. Throws UnsafeText where a value cannot stand in code. */
export function samplesFor(input: SampleInput): readonly Sample[] {
  const all = [curlSample(input), csharpSample(input), nodeSample(input), pythonSample(input), powershellSample(input)]
  const fits = ({ protocol }: SampleFile) => input.protocols.includes(protocol) && asUsual(input.cloud, protocol)
  return all.map(sample => ({ ...sample, files: sample.files.filter(fits) })).filter(({ files }) => files.length > 0)
}

/** How the secret gets into the environment without being seen: typed where nothing shows, and in no history. */
export const secretSnippets: readonly Snippet[] = [
  {
    title: 'In bash',
    language: 'bash',
    code: `read -rs ${secretVariable} && export ${secretVariable}\n`
  },
  {
    title: 'In PowerShell',
    language: 'powershell',
    code: `$env:${secretVariable} = [Net.NetworkCredential]::new('', (Read-Host -AsSecureString -Prompt 'Client secret')).Password\n`
  }
]
