// Texts that mean harm: what every place that takes text is tried with, as single texts and as a source of mixtures.
import fc from 'fast-check'

export const hostilePieces: readonly string[] = [
  ...["'", '"', '`', '\u2018', '\u2019', '\u201A', '\u201B', '\u201C', '\u201D', '\u201E', '\u00B4'],
  ...['$(', ')', '${', '}', '$env:PATH', '@(', '{0}', ';', '|', '&', '&&', '#', '<#', '#>', '--%'],
  ...['\n', '\r\n', '\r', '\t', '\0', '\u0085', '\u2028', '\u2029', '\u001B[2J', '\u007F'],
  ...['\u202E', '\u2066', '\u200E', '\u200B', '\u200D', '\u2060', '\uFEFF', '\uD800', '\uDC00'],
  ...['<script>alert(1)</script>', '</textarea>', '<!--', ']]>', 'javascript:alert(1)', '" onerror="x', '&lt;'],
  ...['../', '..\\', '/', '\\', ':', '*', '?', '%00', '%2e%2e', '%0d%0aSet-Cookie: x=1', '=cmd|', '+1', '@SUM(1)'],
  ...['CON', 'nul', 'Aux', 'COM1', 'com\u00B9', 'LPT9', 'CONIN$', '.', '..', ' ', '__proto__', 'constructor'],
  ...['é', 'e\u0301', '漢', '😀', 'ß', 'İ', 'ﬁ', 'K', 'a', 'Z', '0', '-', '_', '~', '@', ',', '{', '[', '(']
]

/** Mixtures of the pieces with anything else that a string can hold. */
export const hostile = fc
  .array(fc.oneof(fc.constantFrom(...hostilePieces), fc.string({ unit: 'binary', maxLength: 8 })), { maxLength: 12 })
  .map(pieces => pieces.join(''))

/** One character, a million times: every kind of quote, and what regular expressions stumble over. */
export const longTexts: readonly string[] = [
  "'",
  '\u2019',
  '"',
  '`',
  ' ',
  '\n',
  '\0',
  'a',
  '@',
  '.',
  '-',
  ',',
  '\u202E',
  '\uD800',
  '<'
]
  .map(character => character.repeat(1_000_000))
  // A sign of two units in every odd place: wherever a text is cut after an even number, one would be halved.
  .concat(`a${'😀'.repeat(500_000)}`)
