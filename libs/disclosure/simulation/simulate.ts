// What a text would change, were it in force in place of the one that is: decided again about every learner on the log, so that officers
// know before anybody signs who gains and who loses (console.md, 4.1).
import { agencyOfOffice, type OfficeAsker, recordedAs } from '#access';
import type { Role } from '#catalogue';
import { inSlices, type Instant, type LearnerId, londonDate, type Position } from '#kernel';
import { learnerOfStream, learnerStream, LINK_ADVISERS } from '#learner-file';
import type { RecordItem } from '#learner-record';
import { changedDecisions, type ProtocolDocument } from '#sharing-protocols';
import type { LearnerAtMoment } from '../decide-answer.ts';
import type { GateParts } from '../gate-parts.ts';
import type { InForce } from '../in-force.ts';
import { look } from '../looks/index.ts';
import { type Change, type ChangedDisclosure, changesFor, type Reach, ROUTES, type Terms } from './gains.ts';

export { CHANGES } from './gains.ts';

export interface SimulationInquiry {
  readonly asker: OfficeAsker;
  readonly document: ProtocolDocument;
  /** Who would be party to it. */
  readonly parties: readonly string[];
  /** Told how many learners were looked at, of how many. */
  readonly progress?: (done: number, of: number) => void;
}

/** Of a role: how many learners somebody of it would be shown something of, and would not be any more; and how many disclosures that is. */
export interface RoleGains {
  readonly role: Role;
  readonly learners: Readonly<Record<Change, number>>;
  /** An item towards one agency for one purpose is one. */
  readonly disclosures: Readonly<Record<Change, number>>;
}

export interface ExampleDecision extends Omit<ChangedDisclosure, 'learner' | 'roles'> {
  /** Pseudonym of the office that asked. */
  readonly learner: string;
  /** Of the look at this learner. */
  readonly position: Position;
}

export interface Simulated {
  readonly protocol: string;
  readonly version: number;
  /** The version that is in force; null: there is none. */
  readonly against: number | null;
  readonly at: Instant;
  /** Up to which the log was looked through. */
  readonly position: Position;
  /** How many learners there are. */
  readonly learners: number;
  readonly roles: readonly RoleGains[];
  readonly examples: readonly ExampleDecision[];
}

/** As a look is named in the log. */
export const SIMULATION = 'simulation';

const EXAMPLES = 10;
const AT_ONCE = 200;
const PAGE = 5000;

export const simulate = async (parts: GateParts, inquiry: SimulationInquiry): Promise<Simulated> => {
  const { registers, clock, streams } = parts;
  const at = clock.now();
  const before = registers.inForce(londonDate(at));
  const terms = { before, after: registers.asIf(before, inquiry) };
  const { state: linkAdvisers } = await streams.linkAdvisers.load(LINK_ADVISERS);
  const { learners, position } = await learnersOf(parts);
  const found = new Found();
  const reach = reachOf(terms, inquiry);
  for (let begin = 0; begin < learners.length; begin += AT_ONCE) {
    inquiry.progress?.(begin, learners.length);
    const some = learners.slice(begin, begin + AT_ONCE);
    const files = await Promise.all(some.map((learner) => streams.files.load(learnerStream(learner))));
    await inSlices(files, ({ state: file, revision }) => {
      if (file.into !== undefined) return;
      const moment: LearnerAtMoment = { file, revision, inForce: before, linkAdvisers, at };
      found.take(changesFor(moment, terms, reach));
    });
  }
  const { document } = inquiry;
  return {
    ...{
      protocol: document.id,
      version: document.version,
      against: versionIn(before, document.id),
      at,
      position,
      learners: learners.length,
    },
    roles: found.byRole(),
    examples: await told(parts, inquiry, found.examples()),
  };
};

const versionIn = ({ decisions }: InForce, id: string): number | null =>
  decisions.inForce.find(({ document }) => document.id === id)?.document.version ?? null;

const learnersOf = async ({ store }: GateParts): Promise<{ readonly learners: readonly LearnerId[]; readonly position: Position }> => {
  const learners = new Set<LearnerId>();
  let position = 0;
  for (;;) {
    const events = await store.readAll({ after: position, limit: PAGE });
    for (const { stream } of events) {
      const learner = learnerOfStream(stream);
      if (learner !== undefined) learners.add(learner);
    }
    position = events.at(-1)?.position ?? position;
    if (events.length < PAGE) return { learners: [...learners], position };
  }
};

/**
 * Whoever is named by either text, and everybody where prohibitions are others, which bind whoever they name; of that only what the two
 * tables do not share, which is told before any learner is looked at.
 */
const reachOf = ({ before, after }: Terms, { asker, document }: SimulationInquiry): Reach => {
  const texts = [before, after].flatMap(({ decisions }) => decisions.inForce.filter((one) => one.document.id === document.id));
  const named = new Set(texts.flatMap((text) => text.document.flows.flatMap(({ to }) => to.flatMap(({ roles }) => roles))));
  const bars = new Set(texts.map((text) => JSON.stringify(text.document.prohibitions)));
  const isBound = (role: Role): boolean => bars.size > 1 || named.has(role);
  const purposes = [...new Set(texts.flatMap((text) => text.document.purposes.map(({ id }) => id)))].map((purpose) => ({
    purpose,
    changed: changedDecisions(before.decisions, after.decisions, { routes: ROUTES, purpose, whateverVersion: true }),
  }));
  const of = agencyOfOffice(asker.office);
  return {
    recipients: after.agencies.flatMap((agency) => {
      const roles = agency.roles.filter(isBound);
      const touched = purposes.map(({ purpose, changed }) => ({
        purpose,
        touches: (item: RecordItem) => changed.touchesItem(agency.slug, item),
      }));
      return roles.length === 0 ? [] : [{ agency, roles, purposes: touched }];
    }),
    ...(of === undefined ? {} : { of }),
  };
};

type Counts = Record<Change, number>;
const none = (): Counts => ({ gained: 0, lost: 0, otherwise: 0 });

class Found {
  readonly #roles = new Map<Role, { readonly learners: Counts; readonly disclosures: Counts }>();
  /** The first of each kind, and some more of them. */
  readonly #kinds = new Map<string, ChangedDisclosure>();
  readonly #more: ChangedDisclosure[] = [];

  take(changes: readonly ChangedDisclosure[]): void {
    const counted = new Set<string>();
    for (const one of changes) {
      for (const role of one.roles) this.#count(role, one.change, counted);
      this.#keep(one);
    }
  }

  /** In the order of their names. */
  byRole(): readonly RoleGains[] {
    return [...this.#roles].map(([role, counts]) => ({ role, ...counts })).sort((one, other) => (one.role < other.role ? -1 : 1));
  }

  examples(): readonly ChangedDisclosure[] {
    return [...this.#kinds.values(), ...this.#more].slice(0, EXAMPLES);
  }

  #count(role: Role, change: Change, counted: Set<string>): void {
    const counts = this.#roles.get(role) ?? { learners: none(), disclosures: none() };
    this.#roles.set(role, counts);
    counts.disclosures[change] += 1;
    const name = `${role} ${change}`;
    if (counted.has(name)) return;
    counted.add(name);
    counts.learners[change] += 1;
  }

  #keep(one: ChangedDisclosure): void {
    const kind = [one.change, one.roles[0], one.category].join(' ');
    if (!this.#kinds.has(kind)) this.#kinds.set(kind, one);
    else if (this.#more.length < EXAMPLES) this.#more.push(one);
  }
}

/** That there is something of a learner is told of that learner: so it is a look at each, recorded before any is told. */
const told = async (
  parts: GateParts,
  { asker, document }: SimulationInquiry,
  examples: readonly ChangedDisclosure[],
): Promise<readonly ExampleDecision[]> => {
  const parameters = { protocol: document.id, version: document.version };
  const looks = new Map<LearnerId, Position>();
  for (const learner of new Set(examples.map((one) => one.learner))) {
    const answer = await look(parts, { asker, asked: SIMULATION, parameters, about: learner }, () => true);
    if (answer.outcome === 'answered') looks.set(learner, answer.position);
  }
  return examples.flatMap(({ learner, roles: _, ...rest }) => {
    const position = looks.get(learner);
    return position === undefined ? [] : [{ learner: parts.pseudonyms.of(recordedAs(asker), learner), ...rest, position }];
  });
};
