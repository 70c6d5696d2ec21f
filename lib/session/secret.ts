// The text that does not print, where sessions look for it.
export { Secret } from '../secret.ts'
