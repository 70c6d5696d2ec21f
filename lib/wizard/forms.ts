// From a browser's form to plain input, within limits.
import type { Input } from '../steps/step.ts'

/** More than any field of ours needs: ten thousand addresses are about 400 kB. */
export const fieldLengthMax = 3_000_000

/** Every field with all its values; files as text. What exceeds the limit is cut off and so fails to parse. */
export async function inputOf(data: FormData): Promise<Input> {
  const input: Record<string, string[]> = {}
  for (const [name, value] of data.entries()) {
    if (name.startsWith('$')) continue
    const text = typeof value === 'string' ? value : await value.slice(0, fieldLengthMax).text()
    input[name] = [...(input[name] ?? []), text.slice(0, fieldLengthMax)]
  }
  return input
}
