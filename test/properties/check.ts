// Draws stories and attacks until one breaks the property, and shrinks it.
import * as fc from 'fast-check';
import { type ShortType, shippedCatalogue } from '#catalogue';
import type { Registers } from '#disclosure';
import { type AgencySlug, londonDate } from '#kernel';
import { mayContribute } from '#sharing-protocols';
import { type Attack, attackOn } from './attacks.ts';
import { openRegisters } from './cast.ts';
import { BEGIN, type Counterexample, NobodysWord } from './nobodys-word.ts';
import { STORIES } from './stories.ts';
import { type Stage, World } from './world.ts';

export interface Runs {
  readonly runs: number;
  readonly seed: number;
}

export interface Broken {
  readonly attack: Attack;
  readonly counterexample: Counterexample;
}

/** Facts on which some types' roles rest: one of them lets the agency contribute it. */
const FACTS: readonly Readonly<Record<string, string>>[] = [
  {},
  ...['personal-adviser', 'dedicated-adviser', 'key-worker'].map((role) => ({ role })),
  ...['initial', 'apir', 'risk-of-failing', 'risk-of-reoffending'].map((framework) => ({ framework })),
  ...['e2e', 'school-course', 'fe-course'].map((kind) => ({ kind })),
];

const contributableIn = (registers: Registers): ((agency: AgencySlug) => readonly ShortType[]) => {
  const { contributions } = registers.inForce(londonDate(BEGIN));
  const types = shippedCatalogue().types.map(({ short }) => short);
  return (agency) => types.filter((type) => FACTS.some((facts) => mayContribute(contributions, { agency, type, facts }).allowed));
};

/** Undefined: it held in every run. */
export const checkNobodysWord = async (runs: Runs): Promise<Broken | undefined> => {
  const registers = await openRegisters({ now: () => BEGIN });
  return checkOn(() => new World(registers), registers, runs);
};

/** The same on worlds of another kind. */
export const checkOn = async (open: () => Stage, registers: Registers, { runs, seed }: Runs): Promise<Broken | undefined> => {
  const property = new NobodysWord(open);
  const contributable = contributableIn(registers);
  const drawn = fc
    .constantFrom(...Object.keys(STORIES))
    .chain((story) => attackOn({ steps: STORIES[story]?.length ?? 0, contributable }).map((attack) => ({ story, attack })));
  const checked = await fc.check(
    fc.asyncProperty(drawn, async ({ story, attack }) => (await property.brokenBy(story, attack)) === undefined),
    { numRuns: runs, seed },
  );
  const smallest = checked.counterexample?.[0];
  if (!smallest) return undefined;
  const counterexample = await property.brokenBy(smallest.story, smallest.attack);
  return counterexample && { attack: smallest.attack, counterexample };
};
