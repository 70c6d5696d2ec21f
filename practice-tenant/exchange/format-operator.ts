// The -f operator and the format strings of ToString and Get-Date. The rule it keeps: a format that is not simulated is refused.

import { fail, refuse } from './errors.ts'
import type { Place } from './syntax.ts'
import { Moment, text, type Value } from './values.ts'

function grouped(digits: string): string {
  return digits.replace(/\B(?=(\d{3})+(?!\d))/g, ',')
}

/** A number in one of .NET's standard formats: N0, D4, F2, X2, P0. */
export function numberFormatted(value: number, format: string, place?: Place): string {
  const match = /^([NDFXP])(\d*)$/i.exec(format)
  const zeros = /^0+$/.exec(format)
  if (zeros) return String(value).padStart(format.length, '0')
  if (!match) refuse(`the number format '${format}'`, place)
  const kind = (match[1] as string).toUpperCase()
  const digits = match[2] === '' ? 2 : Number(match[2])
  if (kind === 'D') return String(value).padStart(match[2] === '' ? 0 : digits, '0')
  if (kind === 'X') {
    const hex = value.toString(16).padStart(match[2] === '' ? 0 : digits, '0')
    return match[1] === 'X' ? hex.toUpperCase() : hex
  }
  const fixed = (kind === 'P' ? value * 100 : value).toFixed(digits)
  const [whole, rest] = fixed.split('.')
  const shown = kind === 'F' ? fixed : grouped(whole as string) + (rest ? `.${rest}` : '')
  return kind === 'P' ? `${shown} %` : shown
}

const parts: Readonly<Record<string, (time: Date) => string>> = {
  yyyy: time => String(time.getUTCFullYear()),
  MM: time => String(time.getUTCMonth() + 1).padStart(2, '0'),
  dd: time => String(time.getUTCDate()).padStart(2, '0'),
  HH: time => String(time.getUTCHours()).padStart(2, '0'),
  mm: time => String(time.getUTCMinutes()).padStart(2, '0'),
  ss: time => String(time.getUTCSeconds()).padStart(2, '0'),
  fff: time => String(time.getUTCMilliseconds()).padStart(3, '0')
}

/** A time in one of .NET's formats. This console's clock stands at UTC, so local time is UTC. */
export function timeFormatted(moment: Moment, format: string, place?: Place): string {
  const iso = moment.time.toISOString()
  if (format === 'o' || format === 'O') return `${iso.slice(0, -1)}0000Z`
  if (format === 's') return iso.slice(0, 19)
  if (format === 'u') return `${iso.slice(0, 19).replace('T', ' ')}Z`
  return format.replace(/'([^']*)'|\\(.)|[A-Za-z]+/g, (token, quoted?: string, escaped?: string) => {
    if (quoted !== undefined) return quoted
    if (escaped !== undefined) return escaped
    if (token === 'T' || token === 'Z') return token
    const pieces = token.match(/yyyy|MM|dd|HH|mm|ss|fff|[TZ]/g)
    if (!pieces || pieces.join('') !== token) refuse(`the time format '${format}'`, place)
    return pieces.map((piece: string) => parts[piece]?.(moment.time) ?? piece).join('')
  })
}

/** One value in one format: what `.ToString('N0')` and `{0:N0}` give. */
export function oneFormatted(value: Value, format: string, place?: Place): string {
  if (format === '') return text(value)
  if (typeof value === 'number') return numberFormatted(value, format, place)
  if (value instanceof Moment) return timeFormatted(value, format, place)
  return text(value)
}

/** `'{0,-20} {1:N0}' -f $a, $b` */
export function formatted(template: string, values: readonly Value[], place: Place): string {
  return template.replace(/\{\{|\}\}|\{(\d+)(?:,\s*(-?\d+))?(?::([^{}]*))?\}|[{}]/g, (token, index, width, format) => {
    if (token === '{{') return '{'
    if (token === '}}') return '}'
    if (token.length === 1 || Number(index) >= values.length)
      fail(
        {
          message:
            token.length === 1
              ? 'Error formatting a string: Input string was not in a correct format..'
              : 'Error formatting a string: Index (zero based) must be greater than or equal to zero and less than the size of the argument list..',
          id: 'FormatError',
          category: 'InvalidOperation'
        },
        place
      )
    const shown = oneFormatted(values[Number(index)], format ?? '', place)
    const wide = Number(width ?? 0)
    return wide < 0 ? shown.padEnd(-wide) : shown.padStart(wide)
  })
}
