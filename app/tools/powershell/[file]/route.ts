// The files of the script maker: script.ps1, its halves, diagnosis.ps1, repair.ps1 and undo.ps1, by GET or, for long lists, by POST.
// No sign-in and no door: it changes nothing, reads nothing of anybody's, and writes no log.
import { notFound } from 'next/navigation'
import { clouds } from '../../../../lib/microsoft/clouds.ts'
import { readPostedForm } from '../../../../lib/tools/posted-form.ts'
import { isScriptName, makeFile } from '../../../../lib/tools/powershell-files.ts'
import { inputOfQuery, type ParameterProblem, readAsked } from '../../../../lib/tools/powershell-query.ts'
import { answered } from '../../../answered.ts'
import { attachment } from '../../../attachment.ts'
import { refusedForNow } from '../../../too-many.ts'

type Props = { params: Promise<{ file: string }> }

export function GET(request: Request, { params }: Props) {
  const make = async () => answer((await params).file, new URL(request.url).searchParams, 'address')
  return answered(request, 'text', make)
}

export function POST(request: Request, { params }: Props) {
  return answered(request, 'text', async () => {
    const tooMany = await refusedForNow(request, 'text', undefined)
    if (tooMany) return tooMany
    const { file } = await params
    const form = await readPostedForm(request)
    if (!form.ok) return refuse(form.status, [{ parameter: 'body', problem: form.problem }])
    return answer(file, form.fields, 'form')
  })
}

function answer(file: string, query: URLSearchParams, by: 'address' | 'form'): Response {
  if (!isScriptName(file)) notFound()
  const read = readAsked(inputOfQuery(query), clouds(), by)
  if (!read.ok) return refuse(400, read.problems)
  const made = makeFile(file, read.asked)
  return made.ok ? attachment(made.file.fileName, made.file.bytes) : refuse(400, made.problems)
}

const refuse = (status: number, problems: readonly ParameterProblem[]) =>
  Response.json(problems, {
    status,
    headers: { 'Cache-Control': 'no-store', 'X-Content-Type-Options': 'nosniff' }
  })
