// From a browser's form to plain input, within limits.
import type { Input } from '../steps/step.ts'

/** More than any field of ours needs: ten thousand addresses are about 400 kB. */
export const fieldLengthMax = 3_000_000
/** More than any form of ours has: the longest ticks the mailboxes of one page of the directory. */
export const fieldsMax = 1_000

/** Every field with all its values; files as text. An action may be sent something else than a form: it has no fields. What
 *  exceeds a limit fails to parse: a long field is cut off, and of a form with too many fields nothing is taken. */
export async function inputOf(data: FormData): Promise<Input> {
  if (!(data instanceof FormData)) return {}
  const input = new Map<string, string[]>()
  let fields = 0
  for (const [name, value] of data.entries()) {
    if (name.startsWith('$')) continue
    fields += 1
    if (fields > fieldsMax) return {}
    const text = (typeof value === 'string' ? value : await value.slice(0, fieldLengthMax).text()).slice(
      0,
      fieldLengthMax
    )
    const values = input.get(name)
    if (values) values.push(text)
    else input.set(name, [text])
  }
  // It defines its own properties, so that even a field called __proto__ is only a field.
  return Object.fromEntries(input)
}
