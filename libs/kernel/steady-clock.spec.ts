import { SteadyClock } from './steady-clock.ts';

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const NOON = Date.UTC(2026, 10, 2, 12);

/** A machine: time passes, its clock is set, it sleeps. */
class Machine {
  wall = NOON;
  #passed = 0;
  #slept = 0;

  clock(remembered?: number): SteadyClock {
    const sources = { wall: { now: () => this.wall }, passed: () => this.#passed, passedAsleepToo: () => this.#passed + this.#slept };
    const clock = new SteadyClock(sources);
    if (remembered !== undefined) clock.startFrom(remembered);
    return clock;
  }

  pass(time: number): void {
    this.wall += time;
    this.#passed += time;
  }

  sleep(time: number): void {
    this.wall += time;
    this.#slept += time;
  }
}

let machine: Machine;
beforeEach(() => (machine = new Machine()));

describe('a clock that is right', () => {
  it('is followed, also in small corrections, and remembered', () => {
    const clock = machine.clock(NOON - MINUTE);
    machine.pass(HOUR);
    expect([clock.now(), clock.remembered(), clock.trouble()]).toEqual([NOON + HOUR, NOON + HOUR, undefined]);
    machine.wall += 30 * SECOND;
    expect(clock.now()).toBe(NOON + HOUR + 30 * SECOND);
  });

  it('is followed through the machine’s sleep', () => {
    const clock = machine.clock(NOON);
    machine.sleep(8 * HOUR);
    expect([clock.now(), clock.trouble()]).toEqual([NOON + 8 * HOUR, undefined]);
    machine.pass(MINUTE);
    machine.sleep(HOUR);
    expect(clock.now()).toBe(NOON + 9 * HOUR + MINUTE);
  });

  it('is taken as it is where nothing is remembered', () => {
    expect(machine.clock().remembered()).toBe(NOON);
  });
});

describe('a clock that is set back', () => {
  it('takes nothing back while the process runs: time goes on, a little more slowly', () => {
    const clock = machine.clock(NOON);
    expect(clock.now()).toBe(NOON);
    machine.wall -= HOUR;
    machine.pass(8 * MINUTE);
    expect(clock.now()).toBe(NOON + 7 * MINUTE);
    expect(clock.trouble()).toEqual({ kind: 'behind', by: HOUR - MINUTE });
  });

  it('takes nothing back at a start', () => {
    const clock = machine.clock(NOON + HOUR);
    machine.pass(8 * MINUTE);
    expect(clock.now()).toBe(NOON + HOUR + 7 * MINUTE);
    expect(clock.trouble()?.kind).toBe('behind');
  });

  it('is met again after a while, if it was the time that was wrong', () => {
    const clock = machine.clock(NOON + HOUR);
    for (let minute = 0; minute < 8 * 60; minute++) {
      machine.pass(MINUTE);
      clock.now();
    }
    expect([clock.now(), clock.trouble()]).toEqual([machine.wall, undefined]);
  });

  it('is believed as soon as it is set right', () => {
    const clock = machine.clock(NOON);
    machine.wall -= DAY;
    clock.now();
    machine.pass(MINUTE);
    machine.wall = NOON + HOUR;
    expect(clock.now()).toBe(NOON + HOUR);
    expect(clock.remembered()).toBe(NOON + MINUTE);
  });
});

describe('a clock that is set forward', () => {
  it.each([2 * MINUTE, HOUR, DAY, 3650 * DAY])(
    'by %d ms while the process runs is not followed, and nothing is left of it afterwards',
    (by) => {
      const clock = machine.clock(NOON);
      machine.wall += by;
      machine.pass(MINUTE);
      expect([clock.now(), clock.remembered()]).toEqual([NOON + MINUTE, NOON + MINUTE]);
      expect(clock.trouble()).toEqual({ kind: 'ahead', by });
      machine.wall -= by;
      machine.pass(MINUTE);
      expect([clock.now(), clock.trouble()]).toEqual([NOON + 2 * MINUTE, undefined]);
    },
  );

  it.each([HOUR, DAY, 3650 * DAY])(
    'by %d ms before a start is followed and not remembered, so that the next start finds the time right',
    (by) => {
      machine.wall += by;
      const clock = machine.clock(NOON);
      machine.pass(MINUTE);
      expect([clock.now(), clock.remembered()]).toEqual([NOON + by + MINUTE, NOON + MINUTE]);
      machine.wall -= by;
      expect(machine.clock(clock.remembered()).now()).toBe(NOON + MINUTE);
    },
  );

  it('is told of where it is more than half a day', () => {
    machine.wall += DAY;
    expect(machine.clock(NOON).trouble()).toEqual({ kind: 'unconfirmed', by: DAY });
  });

  it('is remembered once it has stood for an hour', () => {
    machine.wall += DAY;
    const clock = machine.clock(NOON);
    machine.pass(HOUR);
    expect([clock.remembered(), clock.trouble()]).toEqual([NOON + DAY + HOUR, undefined]);
  });
});
