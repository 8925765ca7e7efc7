// What is asked of a data directory while no broker may use it, and while it may not even open: so nothing but the log is opened for it.
import type { DynamicModule } from '@nestjs/common';
import { Command, type NoDetails, Query } from '#bus';
import { handling, UseCasesModule } from '#bus/nest';
import type { EventStore } from '#event-store';
import { type Instant, type Result, systemClock } from '#kernel';
import { aroundUseCases } from '../around-use-cases.ts';
import { rememberedIn, rememberTime } from '../broker-clock.ts';
import type { BrokerConfig } from '../config.ts';
import { openLog } from '../data-files.ts';
import { type NotSetAside, setAside, type SetAside } from './set-aside.ts';

export interface Clocks {
  /** Of this machine. */
  readonly machine: Instant;
  /** What the broker remembers; absent: nothing yet. */
  readonly remembered?: Instant;
}

export class CompareClocks extends Query<NoDetails, Clocks> {}

/** The broker is to remember the clock of this machine, though that is earlier. */
export class AcceptClock extends Command<NoDetails, Clocks> {}

/** The next start makes the file anew. */
export class RenewFile extends Command<{ readonly file: string }, Result<SetAside, NotSetAside>> {}

const CONFIG = Symbol('Config');

const withLog = async <Answer>(config: BrokerConfig, work: (log: EventStore) => Promise<Answer>): Promise<Answer> => {
  const log = await openLog(config, systemClock);
  return work(log).finally(() => log.close());
};

const clocksIn = async (log: EventStore, machine: Instant): Promise<Clocks> => {
  const remembered = await rememberedIn(log);
  return { machine, ...(remembered === undefined ? {} : { remembered }) };
};

const accept = async (log: EventStore, machine: Instant): Promise<Clocks> => {
  await rememberTime(log, machine);
  return clocksIn(log, machine);
};

const upkeepHandlers = [
  handling(CompareClocks, CONFIG, (config: BrokerConfig) => withLog(config, (log) => clocksIn(log, systemClock.now()))),
  handling(AcceptClock, CONFIG, (config: BrokerConfig) => withLog(config, (log) => accept(log, systemClock.now()))),
  handling(RenewFile, CONFIG, (config: BrokerConfig, { file }) => setAside(config, file)),
];

/** Nobody counts what is done beside a broker. */
const UNCOUNTED = { ended: () => undefined };

export const upkeepOf = (config: BrokerConfig): DynamicModule =>
  UseCasesModule.with(aroundUseCases(UNCOUNTED), [...upkeepHandlers, { provide: CONFIG, useValue: config }]);
