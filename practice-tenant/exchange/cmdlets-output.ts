// Cmdlets that write: to the window, the pipeline, the error and warning streams, the clipboard.
// The rule it keeps: Write-Host and warnings are for eyes and never become output.

import { type Cmdlet, parameters } from './cmdlet.ts'
import { ErrorRecord, Thrown } from './errors.ts'
import { Formatted, listLines, shown, tableLines } from './format.ts'
import { items, listed, PSObject, text, type Value } from './values.ts'

const colors =
  'Black|DarkBlue|DarkGreen|DarkCyan|DarkRed|DarkMagenta|DarkYellow|Gray|DarkGray|Blue|Green|Cyan|Red|Magenta|Yellow|White'

const nothing = { item: () => {}, end: () => {} }

function hostText(value: Value, separator: string): string {
  return (listed(value) ?? [value]).map(text).join(separator)
}

const writeHost: Cmdlet = {
  name: 'Write-Host',
  origin: 'shell',
  parameters: parameters(
    `Object@0<:any=msg ForegroundColor{${colors}} BackgroundColor{${colors}} Separator:any NoNewline:switch`
  ),
  run(call) {
    const content = hostText(call.value('Object'), call.has('Separator') ? call.text('Separator') : ' ')
    const stream = call.shell.streams.host
    if (typeof stream === 'function') stream(content)
    else if (stream === 'show')
      call.shell.say(content, call.text('ForegroundColor') || undefined, call.flag('NoNewline'))
  }
}

const writeOutput: Cmdlet = {
  name: 'Write-Output',
  origin: 'shell',
  parameters: parameters('InputObject!@0<:any NoEnumerate:switch'),
  run(call) {
    const value = call.value('InputObject')
    if (call.flag('NoEnumerate')) call.emit(value)
    else for (const item of items(value)) call.emit(item)
  }
}

const writeWarning: Cmdlet = {
  name: 'Write-Warning',
  origin: 'shell',
  parameters: parameters('Message!@0<=msg'),
  run: call => call.warn(call.text('Message'))
}

const writeError: Cmdlet = {
  name: 'Write-Error',
  origin: 'shell',
  parameters: parameters(
    'Message@0<=msg ErrorRecord:any ~Exception ErrorId Category TargetObject:any ~RecommendedAction'
  ),
  run(call) {
    const record = call.value('ErrorRecord')
    if (record instanceof ErrorRecord) call.error(record.fault)
    else
      call.error({
        message: call.text('Message'),
        id: call.text('ErrorId') || 'Microsoft.PowerShell.Commands.WriteErrorException',
        category: call.text('Category') || 'NotSpecified',
        type: 'Microsoft.PowerShell.Commands.WriteErrorException'
      })
  }
}

const silent = (name: string, line: string): Cmdlet => ({
  name,
  origin: 'shell',
  parameters: parameters(line),
  run: () => {}
})

const outNull: Cmdlet = {
  name: 'Out-Null',
  origin: 'shell',
  parameters: parameters('InputObject:any'),
  stream: () => nothing
}

const outHost: Cmdlet = {
  name: 'Out-Host',
  origin: 'shell',
  parameters: parameters('~Paging:switch InputObject:any'),
  stream(call) {
    const list: Value[] = []
    return {
      item: value => void list.push(value),
      end: () => {
        for (const line of shown(list, call.shell.edition)) call.shell.print('output', line)
      }
    }
  }
}

const outString: Cmdlet = {
  name: 'Out-String',
  origin: 'shell',
  parameters: parameters('Stream:switch ~Width:int ~NoNewline:switch InputObject:any'),
  stream(call) {
    const list: Value[] = []
    return {
      item: value => void list.push(value),
      end: () => {
        const lines = shown([...list, ...items(call.value('InputObject'))], call.shell.edition)
        if (call.flag('Stream')) for (const line of lines) call.emit(line)
        else call.emit(lines.map(line => `${line}\r\n`).join(''))
      }
    }
  }
}

/** Columns that -Property names; a calculated one is refused. */
function wantedColumns(value: Value, list: readonly Value[]): string[] | undefined {
  if (value === undefined || value === null) return undefined
  const names = items(value).map(text)
  if (!names.includes('*')) return names
  return list[0] instanceof PSObject ? list[0].names() : undefined
}

function formatter(name: string, more: string, lines: typeof listLines): Cmdlet {
  return {
    name,
    origin: 'shell',
    parameters: parameters(
      'Property@0:any InputObject:any ~GroupBy:any ~View ~Force:switch ~Expand ~ShowError:switch',
      more
    ),
    stream(call) {
      const list: Value[] = []
      return {
        item: value => void list.push(value),
        end: () => {
          const all = [...list, ...items(call.value('InputObject'))]
          const columns = wantedColumns(call.value('Property'), all)
          if (all.length > 0) call.emit(new Formatted(lines(all, columns, call.shell.edition)))
        }
      }
    }
  }
}

const setClipboard: Cmdlet = {
  name: 'Set-Clipboard',
  origin: 'shell',
  parameters: parameters(
    'Value@0:strings Append:switch ~AsHtml:switch ~Path PassThru:switch ~AsOSC52:switch Confirm:switch=cf ~WhatIf:switch=wi'
  ),
  stream(call) {
    const list: string[] = []
    return {
      item: value => void list.push(text(value)),
      end: () => {
        const { session } = call.shell
        const content = [...list, ...call.list('Value')].join('\r\n')
        session.clipboard = call.flag('Append') && session.clipboard ? `${session.clipboard}\r\n${content}` : content
        if (call.flag('PassThru')) call.emit(content)
      }
    }
  }
}

const readHost: Cmdlet = {
  name: 'Read-Host',
  origin: 'shell',
  parameters: parameters('Prompt@0:any AsSecureString:switch MaskInput:switch'),
  run(call) {
    const message =
      'Windows PowerShell is in NonInteractive mode. Read and Prompt functionality is not available. (The practice console cannot be asked.)'
    throw new Thrown(
      new ErrorRecord({ message, id: 'InvalidOperation', category: 'InvalidOperation', by: 'Read-Host' }, call.place),
      true
    )
  }
}

export const outputCmdlets: readonly Cmdlet[] = [
  writeHost,
  writeOutput,
  writeWarning,
  writeError,
  silent('Write-Verbose', 'Message!@0<=msg'),
  silent('Write-Debug', 'Message!@0<=msg'),
  silent('Write-Information', 'MessageData!@0<:any=msg Tags@1:strings'),
  silent(
    'Write-Progress',
    'Activity@0 Status@1 Id@2:int PercentComplete:int SecondsRemaining:int CurrentOperation ParentId:int Completed:switch SourceId:int'
  ),
  outNull,
  outHost,
  { ...outHost, name: 'Out-Default' },
  outString,
  formatter('Format-List', '', listLines),
  formatter('Format-Table', 'AutoSize:switch ~Wrap:switch ~HideTableHeaders:switch ~RepeatHeader:switch', tableLines),
  setClipboard,
  readHost
]
