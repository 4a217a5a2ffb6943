import { existsSync } from 'node:fs'
import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { chromium } from 'playwright-core'
import type { Browser, LaunchOptions } from 'playwright-core'
import { memoryFolder } from '@todo/platform/testing/memory-folder'

/** Unpacked once and kept; `npm ci` makes it go. */
const FOLDER = fileURLToPath(new URL('../../../node_modules/.cache/todo-cloud/chromium/', import.meta.url))

/** Before several processes launch one at the same time. */
export async function prepareBrowser(): Promise<void> {
  await launchOptions()
}

/** A browser of this process. */
export async function launchBrowser(): Promise<Browser> {
  return chromium.launch(await launchOptions())
}

/**
 * A Chromium that came with the packages, with the libraries and the fonts that it needs: nothing of the machine's
 * is used, so that a page looks the same everywhere. `CHROMIUM_PATH` names another one, where this one cannot run.
 */
async function launchOptions(): Promise<LaunchOptions> {
  const args = ['--no-sandbox', '--disable-gpu', '--font-render-hinting=none']
  // What its processes share lies in files on the disk otherwise.
  const ignoreDefaultArgs = (await memoryFolder()) ? ['--disable-dev-shm-usage'] : []
  const own = process.env.CHROMIUM_PATH
  if (own) return { executablePath: own, headless: true, args, ignoreDefaultArgs }
  const { executablePath, libraries } = await unpack()
  const env = { ...process.env, LD_LIBRARY_PATH: libraries, FONTCONFIG_FILE: join(FOLDER, 'fonts.conf') }
  return { executablePath, headless: true, args, env, ignoreDefaultArgs }
}

async function unpack(): Promise<{ executablePath: string; libraries: string }> {
  const executablePath = join(FOLDER, 'chromium')
  const libraries = join(FOLDER, 'al2023', 'lib')
  const complete = join(FOLDER, 'complete')
  if (existsSync(complete)) return { executablePath, libraries }
  await mkdir(FOLDER, { recursive: true })
  // It unpacks into the folder for temporary files, and its libraries only where it takes the machine for a bare one.
  await withEnvironment({ TMPDIR: FOLDER, AWS_LAMBDA_JS_RUNTIME: 'nodejs24.x' }, async () => {
    const packed = await import('@sparticuz/chromium')
    await packed.default.executablePath()
  })
  await writeFile(
    join(FOLDER, 'fonts.conf'),
    `<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
  <dir>${join(FOLDER, 'fonts')}</dir>
  <cachedir>${join(FOLDER, 'font-cache')}</cachedir>
</fontconfig>
`,
  )
  await writeFile(complete, '')
  return { executablePath, libraries }
}

/** What the work does to our own environment is taken back: our other children are not meant. */
async function withEnvironment(changes: Record<string, string>, work: () => Promise<void>): Promise<void> {
  const before = { ...process.env }
  Object.assign(process.env, changes)
  try {
    await work()
  } finally {
    for (const name of Object.keys(process.env)) if (!(name in before)) delete process.env[name]
    Object.assign(process.env, before)
  }
}
