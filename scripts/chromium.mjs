// @ts-check
// Finds a Chromium for the journey tests: CHROMIUM_PATH, then the system's. The one without a window of its own comes first, as
// it does with Playwright: the same browser, without the tabs and menus that nobody sees.
import { existsSync } from 'node:fs'
import { delimiter, join } from 'node:path'

const names = [
  'chromium-headless-shell',
  'chromium',
  'chromium-browser',
  'google-chrome-stable',
  'google-chrome',
  'chrome'
]

const places = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  ...[process.env.ProgramFiles, process.env['ProgramFiles(x86)'], process.env.LOCALAPPDATA].map(folder =>
    folder ? join(folder, 'Google', 'Chrome', 'Application', 'chrome.exe') : ''
  )
]

/** @returns {string | undefined} its path; undefined leaves it to Playwright's own, where that is installed */
export function findChromium() {
  if (process.env.CHROMIUM_PATH) return process.env.CHROMIUM_PATH
  const folders = (process.env.PATH ?? '').split(delimiter).filter(Boolean)
  return [...folders.flatMap(folder => names.map(name => join(folder, name))), ...places].find(
    file => file && existsSync(file)
  )
}
