// Regular expressions and wildcards as PowerShell writes them. The rule it keeps: what JavaScript's expressions cannot do the
// way .NET's do is refused.

import { fail, refuse } from './errors.ts'

/** Turns a .NET pattern into a JavaScript one; what has no counterpart is refused. */
export function pattern(source: string, caseSensitive: boolean, flags = ''): RegExp {
  const inline = /^\(\?([imsx]+)\)/.exec(source)
  let body = inline ? source.slice(inline[0].length) : source
  body = body
    .replace(/\\A/g, '^')
    .replace(/\\[zZ]/g, '$')
    .replace(/\(\?'(\w+)'/g, '(?<$1>')
  const given = (inline?.[1] ?? '').replace('x', '')
  if (inline?.[1]?.includes('x')) refuse('the option x in a regular expression')
  const all = new Set([...flags, ...given, ...(caseSensitive ? '' : 'i')])
  try {
    return new RegExp(body, [...all].join(''))
  } catch {
    fail({
      message: `The regular expression pattern ${source} is not valid.`,
      id: 'InvalidRegularExpression',
      category: 'InvalidOperation'
    })
  }
}

/** A wildcard pattern of -like and -Name: `*`, `?`, `[a-z]`, a backtick escapes. */
export function wildcard(source: string, caseSensitive = false): RegExp {
  let body = ''
  for (let index = 0; index < source.length; index += 1) {
    const char = source[index] as string
    if (char === '`' && index + 1 < source.length) {
      index += 1
      body += (source[index] as string).replace(/\W/, '\\$&')
    } else if (char === '*') body += '[\\s\\S]*'
    else if (char === '?') body += '[\\s\\S]'
    else if (char === '[' && source.indexOf(']', index) > index + 1) {
      const end = source.indexOf(']', index)
      body += `[${source.slice(index + 1, end).replace(/[\\^]/g, '\\$&')}]`
      index = end
    } else body += char.replace(/[.+^${}()|[\]\\/]/g, '\\$&')
  }
  return new RegExp(`^${body}$`, caseSensitive ? '' : 'i')
}
