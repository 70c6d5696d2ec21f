// Finds what a command's name means. The rule it keeps: PowerShell's order - alias, function, cmdlet - and a cmdlet that is not
// loaded is "not recognized", be it for want of a connection or of a role.

import type { Cmdlet } from './cmdlet.ts'
import { fail, Refused } from './errors.ts'
import { importProblem } from './module.ts'
import type { Shell } from './shell.ts'
import type { Block, Place } from './syntax.ts'

const aliases: Readonly<Record<string, string>> = {
  '%': 'foreach-object',
  foreach: 'foreach-object',
  '?': 'where-object',
  where: 'where-object',
  select: 'select-object',
  sort: 'sort-object',
  group: 'group-object',
  measure: 'measure-object',
  ft: 'format-table',
  fl: 'format-list',
  echo: 'write-output',
  write: 'write-output',
  gc: 'get-content',
  cat: 'get-content',
  type: 'get-content',
  gcm: 'get-command',
  gmo: 'get-module',
  ipmo: 'import-module',
  scb: 'set-clipboard',
  sleep: 'start-sleep',
  sc: 'set-content',
  date: 'get-date'
}

export type Target = { function: { name: string; block: Block } } | { cmdlet: Cmdlet }

/** Whether a cmdlet can be called at this moment. */
export function isLoaded(shell: Shell, cmdlet: Cmdlet): boolean {
  if (cmdlet.origin === 'shell') return true
  if (cmdlet.origin === 'module') return shell.session.machine.module !== undefined
  return shell.session.connections.some(connection => connection.cmdlets.has(cmdlet.name.toLowerCase()))
}

/** The command of this name; undefined when there is none. */
export function find(shell: Shell, name: string): Target | undefined {
  const written = name.toLowerCase()
  const key = aliases[written] ?? written
  const declared = shell.functions.get(key)
  if (declared) return { function: declared }
  const cmdlet = shell.cmdlets.get(key)
  return cmdlet && isLoaded(shell, cmdlet) ? { cmdlet } : undefined
}

/** The command of this name, or the error that PowerShell gives. Cmdlets of the module load it. */
export function resolve(shell: Shell, name: string, place: Place): Target {
  const found = find(shell, name)
  if (found) {
    if ('cmdlet' in found && found.cmdlet.origin === 'module') {
      const problem = importProblem(shell)
      if (problem) fail({ ...problem, by: name, target: name }, place)
      shell.session.moduleLoaded = true
    }
    return found
  }
  const kind = shell.edition === '5.1' ? 'the name of a cmdlet' : 'a name of a cmdlet'
  const message =
    `The term '${name}' is not recognized as ${kind}, function, script file, or ${shell.edition === '5.1' ? 'operable' : 'executable'} program.` +
    `${shell.edition === '5.1' ? ' ' : '\n'}Check the spelling of the name, or if a path was included, verify that the path is correct and try again.`
  // A name that this console has never heard of may be real PowerShell: a catch must not swallow that.
  const isKnown = shell.cmdlets.has(name.toLowerCase())
  if (!isKnown && shell.tryDepth > 0) throw new Refused(`the command ${name}`, place)
  fail(
    {
      message,
      id: 'CommandNotFoundException',
      category: 'ObjectNotFound',
      type: 'System.Management.Automation.CommandNotFoundException',
      by: name,
      target: name
    },
    place
  )
}
