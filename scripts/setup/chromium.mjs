import { isExecutable } from '../../src/main/redis/server-program.mjs'
import { commandForThisSystem, installOrGiveUp, onPath } from './programs.mjs'

const NAMES = ['chromium', 'chromium-browser', 'google-chrome-stable', 'google-chrome', 'microsoft-edge', 'chrome', 'msedge']
const PLACES = [
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
  'C:\\Program Files (x86)\\Google\\Chrome\\Application\\chrome.exe',
  'C:\\Program Files (x86)\\Microsoft\\Edge\\Application\\msedge.exe',
]

/** @returns {string | null} the system's Chromium or a browser made from it */
export function findChromium() {
  return process.env['SLUICE_CHROMIUM'] ?? onPath(...NAMES) ?? PLACES.find(isExecutable) ?? null
}

/** Makes sure that there is one, and answers where. */
export async function ensureChromium() {
  const found = findChromium()
  if (found) return found
  const command = commandForThisSystem({
    brew: 'brew install --cask chromium',
    apt: 'sudo apt-get install chromium',
    winget: 'winget install Google.Chrome',
    other: 'install Chromium with the package manager of your system',
  })
  const otherwise = `Electron's binary cannot be had here, and no Chromium was found to stand in for it. Run: ${command}`
  await installOrGiveUp('chromium', otherwise)
  return onPath(...NAMES) ?? '/usr/bin/chromium'
}
