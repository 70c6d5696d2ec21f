// Cmdlets for files, which are kept in memory and offered with the output. The rule it keeps: a path is only a name.

import { type Call, type Cmdlet, parameters } from './cmdlet.ts'
import { fail } from './errors.ts'
import { shown } from './format.ts'
import { fromJson, toJson } from './json.ts'
import { looseProperty, propertyNames } from './properties.ts'
import { keepFile } from './session.ts'
import { items, listed, text, type Value } from './values.ts'

const home = 'C:\\Users\\Admin'
const encodings = 'Encoding:any'

/** A name without a folder lies in the home folder, where a fresh window stands. */
function pathOf(call: Call, ...names: string[]): string {
  const given = names.map(name => call.text(name)).find(one => one !== '') ?? ''
  const plain = given
    .replace(/\//g, '\\')
    .replace(/^~(?=\\|$)/, home)
    .replace(/^\.\\/, '')
  return /^(?:[A-Za-z]:)?\\/.test(plain) ? plain : `${home}\\${plain}`
}

function keep(call: Call, path: string, content: string, append: boolean): void {
  const { session } = call.shell
  const before = append ? (session.files.get(path.toLowerCase())?.text ?? '') : ''
  keepFile(session, path, before + content)
}

/** Set-Content and Add-Content. */
function writer(name: string, append: boolean): Cmdlet {
  return {
    name,
    origin: 'shell',
    parameters: parameters(
      `Path@0 LiteralPath=pspath,lp Value@1:any ${encodings} NoNewline:switch Force:switch PassThru:switch Confirm:switch=cf ~WhatIf:switch=wi ~Filter ~Include ~Exclude ~Stream ~AsByteStream:switch`
    ),
    stream(call) {
      const list: Value[] = []
      return {
        item: value => void list.push(value),
        end: () => {
          const all = [...list, ...items(call.value('Value'))]
          const mark = call.flag('NoNewline') ? '' : '\r\n'
          keep(call, pathOf(call, 'Path', 'LiteralPath'), all.map(one => text(one) + mark).join(''), append)
          if (call.flag('PassThru')) for (const one of all) call.emit(one)
        }
      }
    }
  }
}

const outFile: Cmdlet = {
  name: 'Out-File',
  origin: 'shell',
  parameters: parameters(
    `FilePath@0=path LiteralPath=pspath,lp Encoding@1:any Append:switch Force:switch NoNewline:switch ~NoClobber:switch ~Width:int InputObject:any`
  ),
  stream(call) {
    const list: Value[] = []
    return {
      item: value => void list.push(value),
      end: () => {
        const lines = shown([...list, ...items(call.value('InputObject'))], call.shell.edition)
        const mark = call.flag('NoNewline') ? '' : '\r\n'
        keep(call, pathOf(call, 'FilePath', 'LiteralPath'), lines.map(one => one + mark).join(''), call.flag('Append'))
      }
    }
  }
}

const getContent: Cmdlet = {
  name: 'Get-Content',
  origin: 'shell',
  parameters: parameters(
    `Path@0< LiteralPath=pspath,lp Raw:switch ${encodings} ~TotalCount:int=first,head ~Tail:int=last ~ReadCount:int ~Delimiter ~Wait:switch`
  ),
  run(call) {
    const path = pathOf(call, 'Path', 'LiteralPath')
    const file = call.shell.session.files.get(path.toLowerCase())
    if (!file) {
      call.error({
        message: `Cannot find path '${path}' because it does not exist.`,
        id: 'PathNotFound,Microsoft.PowerShell.Commands.GetContentCommand',
        category: 'ObjectNotFound',
        type: 'System.Management.Automation.ItemNotFoundException',
        target: path
      })
      return
    }
    if (call.flag('Raw')) call.emit(file.text)
    else for (const line of file.text.replace(/\r?\n$/, '').split(/\r?\n/)) call.emit(line)
  }
}

const testPath: Cmdlet = {
  name: 'Test-Path',
  origin: 'shell',
  parameters: parameters(
    'Path@0<:strings LiteralPath:strings=pspath,lp PathType{Any|Container|Leaf} ~Filter ~IsValid:switch'
  ),
  run(call) {
    for (const _ of call.has('LiteralPath') ? call.list('LiteralPath') : call.list('Path')) {
      const path = pathOf(call, 'Path', 'LiteralPath').toLowerCase()
      const isFile = call.shell.session.files.has(path)
      const isFolder =
        home.toLowerCase().startsWith(path.replace(/\\$/, '')) || path.startsWith(`${home.toLowerCase()}\\appdata`)
      const type = call.text('PathType').toLowerCase()
      call.emit(type === 'leaf' ? isFile : type === 'container' ? isFolder : isFile || isFolder)
    }
  }
}

const joinPath: Cmdlet = {
  name: 'Join-Path',
  origin: 'shell',
  parameters: parameters('Path!@0<=pspath ChildPath!@1 ~AdditionalChildPath:strings ~Resolve:switch'),
  run: call =>
    call.emit(`${call.text('Path').replace(/[\\/]+$/, '')}\\${call.text('ChildPath').replace(/^[\\/]+/, '')}`)
}

const splitPath: Cmdlet = {
  name: 'Split-Path',
  origin: 'shell',
  parameters: parameters(
    'Path!@0< Parent:switch Leaf:switch ~LiteralPath ~Qualifier:switch ~NoQualifier:switch ~Extension:switch'
  ),
  run(call) {
    const parts = call
      .text('Path')
      .replace(/[\\/]+$/, '')
      .split(/[\\/]/)
    call.emit(call.flag('Leaf') ? (parts.at(-1) ?? '') : parts.slice(0, -1).join('\\'))
  }
}

function quoted(value: Value): string {
  return `"${(listed(value) ? items(value).map(text).join(' ') : text(value)).replace(/"/g, '""')}"`
}

const exportCsv: Cmdlet = {
  name: 'Export-Csv',
  origin: 'shell',
  parameters: parameters(
    `Path@0 LiteralPath=pspath,lp Delimiter@1 NoTypeInformation:switch=nti ${encodings} Append:switch Force:switch InputObject:any ~NoClobber:switch ~UseCulture:switch ~UseQuotes ~QuoteFields:strings ~IncludeTypeInformation:switch ~NoHeader:switch`
  ),
  stream(call) {
    const list: Value[] = []
    return {
      item: value => void list.push(value),
      end: () => {
        const all = [...list, ...items(call.value('InputObject'))]
        const names = propertyNames(all[0])
        const by = call.text('Delimiter') || ','
        const head =
          call.shell.edition === '5.1' && !call.flag('NoTypeInformation')
            ? ['#TYPE System.Management.Automation.PSCustomObject']
            : []
        const rows = all.map(one => names.map(name => quoted(looseProperty(one, name))).join(by))
        const lines = [...head, names.map(quoted).join(by), ...rows]
        keep(call, pathOf(call, 'Path', 'LiteralPath'), lines.map(line => `${line}\r\n`).join(''), call.flag('Append'))
      }
    }
  }
}

const convertToJson: Cmdlet = {
  name: 'ConvertTo-Json',
  origin: 'shell',
  parameters: parameters(
    'InputObject@0:any Depth:int Compress:switch ~EnumsAsStrings:switch ~AsArray:switch ~EscapeHandling'
  ),
  stream(call) {
    const list: Value[] = []
    return {
      item: value => void list.push(value),
      end: () => {
        const value = call.has('InputObject') ? call.value('InputObject') : list.length === 1 ? list[0] : list
        call.emit(toJson(value, Number(call.value('Depth') ?? 2), call.flag('Compress')))
      }
    }
  }
}

const convertFromJson: Cmdlet = {
  name: 'ConvertFrom-Json',
  origin: 'shell',
  parameters: parameters('InputObject!@0< ~AsHashtable:switch ~Depth:int ~NoEnumerate:switch ~DateKind'),
  run(call) {
    let parsed: unknown
    try {
      parsed = JSON.parse(call.text('InputObject'))
    } catch {
      fail(
        {
          message: 'Invalid JSON primitive.',
          id: 'System.ArgumentException,Microsoft.PowerShell.Commands.ConvertFromJsonCommand',
          category: 'NotSpecified',
          by: 'ConvertFrom-Json'
        },
        call.place
      )
    }
    call.emit(fromJson(parsed))
  }
}

export const fileCmdlets: readonly Cmdlet[] = [
  writer('Set-Content', false),
  writer('Add-Content', true),
  outFile,
  getContent,
  testPath,
  joinPath,
  splitPath,
  exportCsv,
  convertToJson,
  convertFromJson
]
