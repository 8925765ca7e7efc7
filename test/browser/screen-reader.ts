// Orca, Debian's screen reader, on a screen and a bus of its own: what it says of a page is what somebody hears who does not see it.
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { createInterface } from 'node:readline';
import { setTimeout as delay } from 'node:timers/promises';
import type { Browser } from 'playwright-core';
import { launchHeard } from './browser.ts';

const CHROMIUM = '/usr/bin/chromium';
const BUS = '/usr/libexec/at-spi-bus-launcher';
const NEEDED = [CHROMIUM, BUS, '/usr/bin/orca', '/usr/bin/Xvfb', '/usr/bin/dbus-daemon'];
const PACKAGES = 'chromium orca xvfb at-spi2-core dbus';
const INSTALL = `apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends ${PACKAGES}`;
const INSTALLING_MS = 180_000;

const isThere = (): boolean => NEEDED.every((path) => existsSync(path));

/** As root on Debian it is put there. */
export const hasScreenReader = (): boolean => {
  if (isThere()) return true;
  if (process.getuid?.() !== 0 || !existsSync('/usr/bin/apt-get')) return false;
  spawnSync('flock', [join(tmpdir(), 'browser.lock'), 'sh', '-c', INSTALL], { stdio: 'ignore', timeout: INSTALLING_MS });
  return isThere();
};

const SPOKEN = /SPEECH OUTPUT: '(.*?)'(?:\{.*)?$/;
const LOOK_MS = 100;
/** On a busy machine. */
const LONGEST_MS = 40_000;

/**
 * What it says it writes in pieces of some kilobytes: here by lines, so that nobody waits for the next page to hear of this one. It is not
 * to be heard aloud: what makes sounds waits for ever where a machine has nothing to make them with, and the reader with it.
 */
const LINE_BY_LINE = `
import builtins, runpy, sys
plainly = builtins.open
def by_lines(file, *given, **named):
    return plainly(file, *given, **({**named, 'buffering': 1} if str(file).endswith('orca.out') else named))
builtins.open = by_lines
sys.modules['speechd'] = None
sys.argv[0] = '/usr/bin/orca'
runpy.run_path('/usr/bin/orca', run_name='__main__')`;

export class ScreenReader {
  readonly #directory: string;
  readonly #processes: readonly ChildProcess[];
  readonly #browser: Browser;

  private constructor(directory: string, processes: readonly ChildProcess[], browser: Browser) {
    this.#directory = directory;
    this.#processes = processes;
    this.#browser = browser;
  }

  /** Resolves once it says that it is on. */
  static async start(): Promise<ScreenReader> {
    const directory = mkdtempSync(join(tmpdir(), 'screen-reader-'));
    mkdirSync(join(directory, '.local', 'share'), { recursive: true });
    const screen = spawn('Xvfb', ['-displayfd', '1', '-screen', '0', '1200x1000x24', '-nolisten', 'tcp'], {
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    const display = `:${await firstLine(screen.stdout)}`;
    const bus = spawn('dbus-daemon', ['--session', '--nofork', '--print-address'], { stdio: ['ignore', 'pipe', 'ignore'] });
    const address = await firstLine(bus.stdout);
    const named = { HOME: directory, DISPLAY: display, DBUS_SESSION_BUS_ADDRESS: address, ACCESSIBILITY_ENABLED: '1' };
    const env = { PATH: process.env['PATH'] ?? '', ...named };
    const silently = { env, stdio: 'ignore' } as const;
    const launcher = spawn(BUS, ['--launch-immediately'], silently);
    const orca = spawn('/usr/bin/python3', ['-c', LINE_BY_LINE, '--replace', `--debug-file=${logIn(directory)}`], silently);
    const reader = new ScreenReader(directory, [orca, launcher, bus, screen], await launchHeard(CHROMIUM, env));
    await reader.hears(/Screen reader on/);
    return reader;
  }

  get browser(): Browser {
    return this.#browser;
  }

  /** What was said until now, one saying after another. */
  get said(): readonly string[] {
    const log = logIn(this.#directory);
    const lines = existsSync(log) ? readFileSync(log, 'utf8').split('\n') : [];
    return lines.flatMap((line) => SPOKEN.exec(line)?.[1]?.trim() ?? []);
  }

  /** What was said from `since` on, once it says this as well. Throws where that is not said. */
  async hears(what: RegExp, since = 0): Promise<readonly string[]> {
    const until = Date.now() + LONGEST_MS;
    for (;;) {
      const said = this.said.slice(since);
      if (what.test(said.join('\n'))) return said;
      if (Date.now() > until) throw new Error(`Nobody heard ${String(what)}, but: ${said.slice(-40).join(' | ')}`);
      await delay(LOOK_MS);
    }
  }

  async stop(): Promise<void> {
    await this.#browser.close();
    // Asked, not forced: a launcher that is forced leaves the bus it launched behind.
    const running = this.#processes.filter(({ exitCode, signalCode }) => exitCode === null && signalCode === null);
    const ended = running.map((one) => once(one, 'exit'));
    for (const one of running) one.kill();
    await Promise.all(ended);
    rmSync(this.#directory, { recursive: true, force: true });
  }
}

const logIn = (directory: string): string => join(directory, 'orca.out');

const firstLine = async (from: Readable): Promise<string> => {
  for await (const line of createInterface({ input: from })) return line.trim();
  throw new Error('What a screen reader needs did not start.');
};
