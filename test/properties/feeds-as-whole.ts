// A property of feeds: whoever decides what is new alone, where that is enough, has at every moment what deciding the whole file comes to.
import * as fc from 'fast-check';
import type { ShortType } from '#catalogue';
import { type DisclosureDecided, type FeedSnapshot, Gate, openDecision, type Registers } from '#disclosure';
import { type AgencySlug, type Instant, type LearnerId, londonDate, type Revision, sourceOf } from '#kernel';
import { keysOf } from '#privacy';
import { disclosureStream, learnerOfStream } from '#learner-file';
import { mayContribute } from '#sharing-protocols';
import { type LogWriter, Rounds, type UnitOfWork, type Draft } from '#unit-of-work';
import { aimedData, type Data, TYPES } from './aimed-data.ts';
import { CAST } from './cast.ts';
import { apply, type Holding, textOf } from './holding.ts';
import { BEGIN } from './nobodys-word.ts';
import { STORIES, ULN } from './stories.ts';
import { World } from './world.ts';

const [DAY, MINUTE] = [86_400_000, 60_000];

/** One thing that happens: something is told, or feeds are decided, perhaps by a process that has just begun. */
export type Happening = { readonly tells: Telling } | { readonly passes: number } | { readonly decides: 'on' | 'anew' };

export interface Telling {
  readonly by: AgencySlug;
  readonly type: ShortType;
  readonly subject: string | undefined;
  readonly data: Data;
  readonly daysAgo: number;
}

/** Judges, and appends nothing. */
export const dry: Pick<LogWriter, 'write'> = {
  async write<Judgement extends { readonly draft: Draft }>({ look, judge }: UnitOfWork<Judgement>) {
    const rounds = new Rounds();
    await rounds.look(look);
    for (;;) {
      const judged = judge();
      if (judged.draft.isComplete) return { judged, positions: new Map() };
      await rounds.load(judged.draft.missing);
    }
  },
};

interface Feeds {
  readonly held: Map<AgencySlug, Holding>;
  snapshot?: FeedSnapshot | undefined;
}

export interface Compared {
  /** Decisions since something was told of the learner, and those of them that were of what is new alone. */
  readonly decisions: number;
  readonly recent: number;
}

const REACHABLE: ReadonlySet<AgencySlug> = new Set(CAST.map(({ slug }) => slug));

export class FeedWorld {
  readonly world: World;
  readonly #gate: Gate;
  readonly #judging: Gate;
  readonly #feeds = new Map<LearnerId, Feeds>();
  #at = BEGIN;
  #told = 0;
  #recent = 0;
  #decisions = 0;

  constructor(registers: Registers) {
    this.world = new World(registers);
    this.#gate = new Gate(this.world.gateParts);
    this.#judging = new Gate({ ...this.world.gateParts, writer: dry });
  }

  /** When it is, after what was played. */
  get now(): Instant {
    return this.#at;
  }

  /** Throws where a feed is another one than the whole file makes of it. */
  async play(happenings: readonly Happening[]): Promise<Compared> {
    for (const one of happenings) await this.#happen(one);
    await this.#happen({ decides: 'on' });
    return { recent: this.#recent, decisions: this.#decisions };
  }

  async #happen(happening: Happening): Promise<void> {
    if ('passes' in happening) this.#at += happening.passes;
    else if ('tells' in happening) await this.#tell(happening.tells);
    else for (const learner of await this.learners()) await this.#decide(learner, happening.decides === 'anew');
  }

  async #tell({ by, type, subject, data, daysAgo }: Telling): Promise<void> {
    const time = new Date(this.#at - daysAgo * DAY).toISOString();
    const event = { specversion: '1.0', source: sourceOf(by), type: `uk.concordat.${type}.v1`, time, id: `x-m${this.#told++}`, data };
    await this.world.send((this.#at += MINUTE), by, [{ ...event, ...(subject === undefined ? {} : { subject }) } as never]);
  }

  async learners(): Promise<readonly LearnerId[]> {
    const events = await this.world.store.readAll({ limit: 1000 });
    return [...new Set(events.flatMap(({ stream }) => learnerOfStream(stream) ?? []))];
  }

  async #decide(learner: LearnerId, anew: boolean): Promise<void> {
    const feeds = this.#feeds.get(learner) ?? { held: new Map<AgencySlug, Holding>() };
    this.#feeds.set(learner, feeds);
    let isWhole = false;
    const sent = async () => {
      isWhole = true;
      return new Map([...feeds.held].map(([agency, holding]) => [agency, { ...holding, notices: new Map() }] as const));
    };
    const snapshot = anew ? undefined : feeds.snapshot;
    const { changes, snapshot: next } = await this.#gate.feed({ learner, reachable: REACHABLE, sent, snapshot });
    for (const change of changes) apply(feeds.held, change);
    if (next?.readSet.revision !== feeds.snapshot?.readSet.revision) this.#count(isWhole);
    feeds.snapshot = next;
    await this.#compare(learner, feeds.held);
    for (const { recipient } of changes) await this.#checkRecord(learner, recipient);
  }

  #count(isWhole: boolean): void {
    this.#decisions += 1;
    if (!isWhole) this.#recent += 1;
  }

  async #compare(learner: LearnerId, held: ReadonlyMap<AgencySlug, Holding>): Promise<void> {
    const whole = new Map<AgencySlug, Holding>();
    const { changes } = await this.#judging.feed({ learner, reachable: REACHABLE, sent: async () => new Map() });
    for (const change of changes) apply(whole, change);
    for (const agency of REACHABLE) equal(textOf(held.get(agency)), textOf(whole.get(agency)), `the feed of ${agency}`);
  }

  /** What was last recorded of each item names the ground on which it is held now. */
  async #checkRecord(learner: LearnerId, recipient: AgencySlug): Promise<void> {
    const recorded = new Map<Revision, string>();
    const stored = await this.world.store.readStream(disclosureStream(learner));
    const keys = await keysOf(this.world.gateParts.vault, stored);
    for (const event of stored.filter(({ meta }) => meta.actor === recipient)) {
      const decided = openDecision(event, keys);
      if (decided?.asked !== 'feed') continue;
      if (decided.since === undefined) recorded.clear();
      for (const [item, ground] of groundsIn({ json: decided })) recorded.set(item, ground);
    }
    const now = await this.#groundsNow(learner, recipient);
    equal([...recorded].sort().join('\n'), [...now].sort().join('\n'), `what is recorded of ${recipient}`);
  }

  async #groundsNow(learner: LearnerId, recipient: AgencySlug): Promise<ReadonlyMap<Revision, string>> {
    const drafts: Draft[] = [];
    const noting = {
      write: async <Judgement extends { readonly draft: Draft }>(work: UnitOfWork<Judgement>) => {
        const written = await dry.write(work);
        drafts.push(written.judged.draft);
        return written;
      },
    };
    const gate = new Gate({ ...this.world.gateParts, writer: noting });
    await gate.feed({ learner, reachable: new Set([recipient]), sent: async () => new Map() });
    const contents = drafts.flatMap((draft) => draft.writes()).flatMap(({ events }) => events.map(({ content }) => content));
    return new Map(contents.flatMap(groundsIn));
  }
}

type Grounds = readonly (readonly [Revision, string])[];

const groundsIn = (content: object): Grounds => {
  const { permitted } = (content as { readonly json: Pick<DisclosureDecided, 'permitted'> }).json;
  return permitted.flatMap(({ items, ...ground }) => items.map((item) => [item, JSON.stringify(ground)] as const));
};

const equal = (is: string, whole: string, what: string): void => {
  if (is !== whole) throw new Error(`${what} is\n${is}\nand is to be\n${whole}`);
};

const FACTS: readonly Data[] = [
  {},
  ...['personal-adviser', 'dedicated-adviser', 'key-worker'].map((role) => ({ role })),
  ...['initial', 'apir', 'risk-of-failing', 'risk-of-reoffending'].map((framework) => ({ framework })),
  ...['e2e', 'school-course', 'fe-course'].map((kind) => ({ kind })),
];

const contributableBy = (registers: Registers, agency: AgencySlug): readonly ShortType[] => {
  const { contributions } = registers.inForce(londonDate(BEGIN));
  return TYPES.filter((type) => FACTS.some((facts) => mayContribute(contributions, { agency, type, facts: facts as never }).allowed));
};

/** Of these kinds are most that change how earlier items are shown. */
const TIES = /^(?:consent|learner|referral|tie|objection|restriction|notice|application|residence)\./;

const tellingBy = (
  registers: Registers,
  slugs: readonly AgencySlug[],
  wants: (type: ShortType) => boolean = () => true,
): fc.Arbitrary<Happening> => {
  const tellers = slugs
    .map((slug) => [slug, contributableBy(registers, slug).filter(wants)] as const)
    .filter(([, types]) => types.length > 0);
  return fc.constantFrom(...tellers).chain(([by, types]) =>
    fc.constantFrom(...types).chain((type) =>
      fc
        .record({
          data: aimedData(type),
          subject: fc.constantFrom(`uln:${ULN}`, `uln:${ULN}`, 'local:cx-1'),
          daysAgo: fc.constantFrom(0, 0, 0, 20, 200),
        })
        .map((drawn) => ({ tells: { by, type, ...drawn } })),
    ),
  );
};

/**
 * What is told of a story, and between its steps whatever those who know the learner may say, seldom also others, with feeds decided now
 * and then.
 */
export const happeningsIn = (registers: Registers): fc.Arbitrary<readonly Happening[]> => {
  const anybody = tellingBy(
    registers,
    CAST.map(({ slug }) => slug),
  );
  const passing = fc.constantFrom(MINUTE, MINUTE, MINUTE, 60 * MINUTE, DAY, 20 * DAY, 181 * DAY).map((passes): Happening => ({ passes }));
  const deciding = fc.constantFrom<Happening>(...Array<Happening>(6).fill({ decides: 'on' }), { decides: 'anew' });
  const stories = Object.values(STORIES).map((story) => {
    const slugs = [...new Set(story.map(({ by }) => by))];
    return { story, known: tellingBy(registers, slugs), plainly: tellingBy(registers, slugs, (type) => !TIES.test(type)) };
  });
  return fc.constantFrom(...stories).chain(({ story, known, plainly }) => {
    const told = story.flatMap(({ by, events }) =>
      events.map(({ type, data, subject }): Happening => ({ tells: { by, type, subject, data: data as unknown as Data, daysAgo: 0 } })),
    );
    const between = fc.array(
      fc.oneof(
        { weight: 12, arbitrary: fc.tuple(plainly, deciding) },
        { weight: 6, arbitrary: fc.tuple(known, deciding) },
        { weight: 1, arbitrary: fc.tuple(anybody, deciding) },
        { weight: 2, arbitrary: fc.tuple(known, known, deciding) },
        { weight: 1, arbitrary: fc.tuple(passing, deciding) },
      ),
      { maxLength: 6 },
    );
    return fc.tuple(...told.map((one) => between.map((more) => [one, ...more.flat()]))).map((all) => all.flat());
  });
};
