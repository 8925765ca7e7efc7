// The demo's data as they stand when its story has been told, which takes seconds: told once a run, and copied for whoever asks.
import { cpSync, existsSync, mkdirSync, mkdtempSync, renameSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { londonDate, systemClock } from '#kernel';
import { type BrokerConfig, parseConfig } from '../apps/broker/config.ts';
import { makeDemo, type MadeDemo } from '../apps/cli/demo/make-demo.ts';

const quiet = { note: () => undefined };

/** Of today: the story ends on the day it is told. */
const keptIn = (run: string): string => join(run, `demo-${londonDate(systemClock.now())}`);

/** Told aside first: whoever looks sees all of it or nothing. Two who begin at once both tell it, and one is kept. */
const tell = async (kept: string): Promise<void> => {
  const aside = mkdtempSync(`${kept}-told-`);
  await makeDemo(parseConfig({ CONCORDAT_DATA: aside }), quiet);
  try {
    renameSync(aside, kept);
  } catch (error) {
    if (!existsSync(kept)) throw error;
    rmSync(aside, { recursive: true });
  }
};

/** In the new directory that `config` names; settings beside that and addresses are the usual ones. */
export const toldDemo = async (config: BrokerConfig): Promise<MadeDemo> => {
  const run = process.env['CONCORDAT_TEST_RUN'];
  if (run !== undefined) {
    const kept = keptIn(run);
    if (!existsSync(kept)) await tell(kept);
    mkdirSync(dirname(config.data), { recursive: true });
    cpSync(kept, config.data, { recursive: true, errorOnExist: true, force: false });
  }
  return makeDemo(config, quiet);
};
