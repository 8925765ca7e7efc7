// Versions of an agreement that could be simulated, and what a simulation tells.
import type { Visit } from '../shell/visit.ts';

export interface VersionSummary {
  readonly id: string;
  readonly version: number;
  readonly title: string;
  readonly status: string;
}

type Counts = Readonly<Record<'gained' | 'lost' | 'otherwise', number>>;

export interface Gains {
  readonly role: string;
  readonly learners: Counts;
  readonly disclosures: Counts;
}

export interface Simulated {
  readonly simulation: string;
  readonly version: number;
  readonly against: number | null;
  readonly at: string;
  readonly position: string;
  readonly learners: number;
  readonly roles: readonly Gains[];
  readonly examples: readonly Readonly<Record<'learner' | 'recipient' | 'change' | 'item' | 'purpose' | 'clause' | 'position', string>>[];
}

export interface SimulationRuns {
  readonly simulation: string;
  readonly done: number;
  readonly of: number;
}

export interface SimulationBegun {
  readonly simulation: string;
  readonly version: number;
  readonly began: string;
  readonly state: 'running' | 'done' | 'failed';
  readonly done: number;
  readonly of: number;
}

/** So long a page waits before it says that it goes on. Seconds. */
export const WAIT = 1;

export const apiOfSimulations = (protocol: string): string => `/v1/protocols/${encodeURIComponent(protocol)}/simulations`;

/** The person's own that run, or ended within the hour: whoever left the page of one finds it again. */
export const simulationsOf = async (visit: Pick<Visit, 'ask'>, protocol: string): Promise<readonly SimulationBegun[]> =>
  (await visit.ask<{ readonly simulations: readonly SimulationBegun[] }>(apiOfSimulations(protocol))).simulations;

export const isSimulated = (told: Simulated | SimulationRuns): told is Simulated => 'roles' in told;

const FLOWS: readonly string[] = ['in-force', 'review-due', 'in-grace'];
const PAST: readonly string[] = ['ended', 'superseded'];

export interface Drafts {
  readonly inForce: VersionSummary | undefined;
  /** Versions that may come in force, the latest first. */
  readonly drafts: readonly VersionSummary[];
}

export const draftsOf = (versions: readonly VersionSummary[]): Drafts => ({
  inForce: versions.find(({ status }) => FLOWS.includes(status)),
  drafts: versions
    .filter(({ status }) => !FLOWS.includes(status) && !PAST.includes(status))
    .toSorted((one, other) => other.version - one.version),
});

type Change = keyof Counts;

export interface GainLine {
  readonly role: string;
  readonly change: Change;
  readonly learners: number;
  readonly disclosures: number;
}

/** A line for each role and change that there is. */
export const gainsIn = (roles: readonly Gains[]): readonly GainLine[] =>
  roles.flatMap(({ role, learners, disclosures }) =>
    (['gained', 'lost', 'otherwise'] as const).flatMap((change) =>
      disclosures[change] === 0 ? [] : [{ role, change, learners: learners[change], disclosures: disclosures[change] }],
    ),
  );
