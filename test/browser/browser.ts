// The browser that pages are looked at with: Debian's chromium, or another that CONCORDAT_BROWSER names.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { type Browser, chromium } from 'playwright-core';

const KNOWN = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
];
const INSTALL = 'apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends chromium';

const found = (): string | undefined => [process.env['CONCORDAT_BROWSER'], ...KNOWN].find((path) => path !== undefined && existsSync(path));

/** As root on Debian it is put there; elsewhere whoever runs the tests is told what is lacking. */
const installed = (): string | undefined => {
  if (process.getuid?.() === 0 && existsSync('/usr/bin/apt-get')) spawnSync('sh', ['-c', INSTALL], { stdio: 'ignore' });
  return found();
};

/** Throws where there is none: pages that nobody looked at count as failed. */
export const launchBrowser = async (): Promise<Browser> => {
  const executablePath = found() ?? installed();
  if (executablePath === undefined)
    throw new Error('Pages are tested in a browser, and there is none: install chromium, or name one in CONCORDAT_BROWSER.');
  const quiet = ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking'];
  return chromium.launch({ executablePath, args: [...quiet, '--disable-component-update', '--disable-sync'] });
};
