// Joins class names. The only code that every component shares.

/** The given class names in order, with a space between; what is false or undefined is left out. */
export function classes(...names: readonly (string | false | undefined)[]): string {
  return names.filter(Boolean).join(' ')
}
