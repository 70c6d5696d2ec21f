// One of the scripts of a query, with the file of the same bytes.
import { Code } from '../../../components/code.tsx'
import { Disclosure } from '../../../components/section.tsx'
import { textOf } from '../../../lib/powershell/quote.ts'
import { makeFile, type ScriptName, scriptFor, scriptKinds } from '../../../lib/tools/powershell-files.ts'
import { type Asked, queryOf } from '../../../lib/tools/powershell-query.ts'

type Props = { name: ScriptName; asked: Asked }

/** A script that only some people need; nothing where it would do nothing. */
export function FoldedScript({ name, asked }: Props) {
  if (!scriptFor(name, asked)) return null
  return (
    <Disclosure summary={scriptKinds[name].title} className="mt-4">
      <p className="mb-3 text-muted">{scriptKinds[name].why}</p>
      <Script name={name} asked={asked} />
    </Disclosure>
  )
}

/** A script as code to read, to copy and to download. */
export function Script({ name, asked }: Props) {
  const script = scriptFor(name, asked)
  const made = makeFile(name, asked)
  if (!script || !made.ok) return null
  return (
    <Code
      code={textOf(script)}
      language="powershell"
      label={scriptKinds[name].title}
      downloadHref={`/tools/powershell/${name}?${queryOf(asked)}`}
      downloadName={made.file.fileName}
    />
  )
}
