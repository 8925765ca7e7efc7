// The journeys of console.md, part 5: presses that each may cost, and what each cost here, with how long the machine took from the first
// press to the last page. Told at the end of each suite; docs/benchmarks.md keeps a table.

interface Journey {
  readonly who: string;
  readonly task: string;
  readonly presses: number;
  /** It takes all of them: fewer, and something is not done that it is for. */
  readonly exactly?: boolean;
}

export const JOURNEYS = {
  J1: { who: 'officer', task: 'who saw what of this child, why, and was it right', presses: 5 },
  J2: { who: 'officer', task: 'on which consent an assessment was read', presses: 4 },
  J3: { who: 'officer', task: 'what an agency could see on a day', presses: 3 },
  J6: { who: 'officer', task: 'a new version read, simulated and sent for signature', presses: 5, exactly: true },
  'J8 decide': { who: 'data manager', task: 'a match decided', presses: 3, exactly: true },
  'J8 undo': { who: 'data manager', task: 'and undone', presses: 2, exactly: true },
  J10: { who: 'personal adviser', task: 'an overdue follow-up recorded', presses: 3, exactly: true },
  J11: { who: 'personal adviser', task: 'a programme signed off, having read it', presses: 4, exactly: true },
  J12: { who: 'link adviser', task: 'whoever is linked to nobody allocated', presses: 4, exactly: true },
  J13: { who: 'key worker', task: 'what is known in numeracy', presses: 2 },
  'J14 ask': { who: 'key worker', task: 'consent asked for where it is lacking', presses: 3, exactly: true },
  J14: { who: 'learner', task: 'who asks is answered', presses: 3, exactly: true },
  J16: { who: 'funder', task: 'a gap answered', presses: 3, exactly: true },
  J17: { who: 'learner', task: 'who has seen it', presses: 1, exactly: true },
  J18: { who: 'learner', task: 'sharing stopped', presses: 3, exactly: true },
  J19: { who: 'learner', task: 'a question about a look', presses: 3, exactly: true },
  J21: { who: 'administrator', task: 'an agreement signed', presses: 3, exactly: true },
} as const satisfies Readonly<Record<string, Journey>>;

export type JourneyId = keyof typeof JOURNEYS;

/** What is wrong with so many presses; undefined: nothing. */
export const pressesAmiss = (id: JourneyId, presses: number): string | undefined => {
  const { presses: most, exactly = false }: Journey = JOURNEYS[id];
  return presses > most || (exactly && presses < most) ? `${id} took ${presses} presses, not ${most}.` : undefined;
};

interface Reached {
  readonly id: JourneyId;
  readonly presses: number;
  /** From each press until the page stood there, together. */
  readonly ms: number;
}

const reached: Reached[] = [];

export const recordJourney = (one: Reached): void => void reached.push(one);

/** What was recorded in this suite, a line each. */
export const tellJourneys = (): void => {
  for (const { id, presses, ms } of reached.splice(0)) {
    const { who, task, presses: most } = JOURNEYS[id];
    process.stdout.write(`| ${id} | ${who} | ${task} | ${most} | ${presses} | ${(ms / 1000).toFixed(1)} |\n`);
  }
};
