// The browser that pages are looked at with: Debian's chromium, without the windows that nobody sees where that can be had, since it takes
// half as long; or another that CONCORDAT_BROWSER names.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Browser, chromium } from 'playwright-core';

const WINDOWLESS = '/usr/bin/chromium-headless-shell';
const KNOWN = [
  WINDOWLESS,
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
];
const PUT = 'DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends';
/** One worker of a run at a time: the others then find it there. */
const INSTALL = `apt-get update -qq && { ${PUT} chromium-headless-shell || ${PUT} chromium; }`;
const LOCK = join(tmpdir(), 'browser.lock');
/** Then what there is has to do. */
const INSTALLING_MS = 120_000;

const found = (): string | undefined => [process.env['CONCORDAT_BROWSER'], ...KNOWN].find((path) => path !== undefined && existsSync(path));

const mayInstall = (): boolean => process.getuid?.() === 0 && existsSync('/usr/bin/apt-get');

/** True for the first of a run that asks: where it cannot be had, the others need not try. */
const isFirst = (): boolean => {
  try {
    mkdirSync(join(tmpdir(), 'browser-sought'));
    return true;
  } catch {
    return false;
  }
};

/** As root on Debian it is put there; elsewhere whoever runs the tests is told what is lacking. */
const installed = (): string | undefined => {
  const there = found();
  if (there === process.env['CONCORDAT_BROWSER'] && there !== undefined) return there;
  if (there === WINDOWLESS || !mayInstall() || (there !== undefined && !isFirst())) return there;
  spawnSync('flock', [LOCK, 'sh', '-c', INSTALL], { stdio: 'ignore', timeout: INSTALLING_MS });
  return found();
};

/** Throws where there is none: pages that nobody looked at count as failed. */
export const launchBrowser = async (): Promise<Browser> => {
  const executablePath = installed();
  if (executablePath === undefined)
    throw new Error('Pages are tested in a browser, and there is none: install chromium, or name one in CONCORDAT_BROWSER.');
  return chromium.launch({ executablePath, args: ALONE });
};

const ALONE = [
  ...['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking'],
  ...['--disable-component-update', '--disable-sync'],
];

/** With windows, on the screen that `env` names, where a screen reader hears of what they show. */
export const launchHeard = (executablePath: string, env: Readonly<Record<string, string>>): Promise<Browser> =>
  chromium.launch({ executablePath, headless: false, env, args: [...ALONE, '--force-renderer-accessibility'] });
