// Whose decisions a change of terms can touch, against deciding before and after: nobody whose decisions differ is left out.
import fc from 'fast-check';
import { changedDecisions } from '../changed-decisions.ts';
import { decideDisclosure } from '../decide-disclosure.ts';
import { compileDecisionTable, type TableAgency } from '../decision-table.ts';
import { questions } from './aimed-questions.ts';
import type { NamedQuestion } from './cedar-oracle.ts';
import { withBits } from './comparison.ts';
import { shippedVocabulary, shippedWorld } from './shipped.ts';
import { SMALL, type Vocabulary, type World, world } from './worlds.ts';

const SEED = Number(process.env['PROPERTY_SEED'] ?? 20261130);
const WORLDS = Number(process.env['PROPERTY_RUNS'] ?? 80);
const QUESTIONS = 60;

const replaced = <T>(all: readonly T[], place: number, one: T): readonly T[] => all.map((held, n) => (n === place ? one : held));

/** What befalls partnerships: protocols begin, end and are agreed anew; agencies join and leave, and change their roles. */
const changesOf = ({ inForce, agencies }: World, other: World): fc.Arbitrary<World> => {
  const protocol = fc.nat(inForce.length - 1);
  const slugs = agencies.map(({ slug }) => slug);
  const theirs = fc.constantFrom(...other.inForce);
  return fc.oneof(
    protocol.map((place) => ({ inForce: inForce.filter((_, n) => n !== place), agencies })),
    fc.record({ protocol: theirs, place: fc.nat(inForce.length) }).map(({ protocol: one, place }) => {
      const added = { ...one, document: { ...one.document, id: 'delta' } };
      return { inForce: inForce.toSpliced(place, 0, added), agencies };
    }),
    fc.tuple(protocol, fc.subarray(slugs)).map(([place, parties]) => {
      const { document } = inForce[place] as World['inForce'][number];
      return { inForce: replaced(inForce, place, { document, parties }), agencies };
    }),
    fc.tuple(protocol, theirs, fc.nat(2)).map(([place, { document: drawn }, flow]) => {
      const { document, parties } = inForce[place] as World['inForce'][number];
      const flows = replaced(document.flows, flow, drawn.flows[flow] as (typeof drawn.flows)[number]);
      return { inForce: replaced(inForce, place, { document: { ...document, flows }, parties }), agencies };
    }),
    fc.constantFrom(...other.agencies).map((one) => ({ inForce, agencies: agencies.map((held) => (held.slug === one.slug ? one : held)) })),
    fc.constantFrom(...slugs).map((slug) => ({ inForce, agencies: agencies.filter((held) => held.slug !== slug) })),
    fc.constant({ inForce: inForce.toReversed(), agencies }),
  );
};

/** Questions are aimed at what one has and the other has not, where there is any such thing. */
const aimedAt = ({ inForce, agencies }: World, other: World): World => {
  const changed = inForce.filter((protocol) => !other.inForce.includes(protocol));
  return { inForce: changed.length === 0 ? inForce : changed, agencies };
};

const inNextVersion = ({ document, parties }: World['inForce'][number]): World['inForce'][number] => ({
  document: { ...document, version: document.version + 1 },
  parties,
});

/** Of a list, or of a learner, for the first of its purposes. */
const forOnePurpose = (question: ReturnType<typeof withBits>) => {
  const [purpose] = question.purposes === 'any' ? [] : question.purposes;
  if (purpose === undefined || question.route === 'aggregate') return [];
  return [{ ...question, purpose, purposes: [purpose], route: question.route === 'list' ? ('list' as const) : ('learner' as const) }];
};

interface Counts {
  asked: number;
  different: number;
  untouched: number;
}

/** As feeds ask, or agencies about one learner. */
const asAboutOne = (question: NamedQuestion): NamedQuestion =>
  question.route === 'list' || question.route === 'aggregate' ? { ...question, route: 'feed', purposes: 'any' } : question;

const check = (before: World, after: World, asked: readonly NamedQuestion[], counts: Counts): void => {
  const [old, now] = [before, after].map(({ inForce, agencies }) => compileDecisionTable(inForce, agencies));
  if (!old || !now) throw new Error('Two worlds make two tables.');
  const changed = changedDecisions(old, now);
  for (const question of asked.map((one) => withBits(asAboutOne(one)))) {
    const { recipient, item } = question;
    const touched = changed.touches(recipient, { sources: new Set([item.source]), categories: new Set([item.category]) });
    const [then, later] = [decideDisclosure(old, question), decideDisclosure(now, question)];
    const differ = JSON.stringify(then) !== JSON.stringify(later);
    if (differ && !touched) expect({ question, later }).toEqual({ question, later: then });
    counts.asked += 1;
    counts.different += Number(differ);
    counts.untouched += Number(!touched);
  }
};

const drawn = <T>(arbitrary: fc.Arbitrary<T>, seed: number, numRuns = 1): readonly T[] => fc.sample(arbitrary, { seed, numRuns });

const checkChanges = (worlds: readonly World[], vocabulary: Vocabulary, seed: number): Counts => {
  const counts: Counts = { asked: 0, different: 0, untouched: 0 };
  const [others] = [drawn(world, seed + 1, worlds.length)];
  worlds.forEach((before, n) => {
    for (const after of drawn(changesOf(before, others[n] as World), seed + n, 2)) {
      const asked = [aimedAt(before, after), aimedAt(after, before)]
        .filter(({ inForce }) => inForce.length > 0)
        .flatMap((one) => drawn(questions(one, vocabulary), seed + n, QUESTIONS));
      check(before, after, asked, counts);
    }
  });
  return counts;
};

describe('a change of terms', () => {
  it('touches whoever is shown anything otherwise, and leaves others alone', () => {
    const { asked, different, untouched } = checkChanges(drawn(world, SEED, WORLDS), SMALL, SEED);
    expect(different).toBeGreaterThan(asked / 50);
    expect(untouched).toBeGreaterThan(asked / 5);
  }, 300_000);

  it('does so among the shipped protocols', () => {
    const worlds = Array.from({ length: Math.ceil(WORLDS / 10) }, shippedWorld);
    const { asked, different, untouched } = checkChanges(worlds, shippedVocabulary(), SEED);
    expect(different).toBeGreaterThan(50);
    expect(untouched).toBeGreaterThan(asked / 5);
  }, 300_000);

  it('touches an agency that takes a role which restrictions name', () => {
    const counts: Counts = { asked: 0, different: 0, untouched: 0 };
    drawn(world, SEED, WORLDS).forEach((before, n) => {
      const [first, ...others] = before.agencies as [TableAgency, ...TableAgency[]];
      const after = { ...before, agencies: [{ ...first, roles: [...first.roles, 'employer' as const] }, ...others] };
      const restrictions = [{ recipients: ['employer'] }];
      const asked = drawn(questions(before, SMALL), SEED + n, QUESTIONS).map((one) => ({
        ...one,
        recipient: first.slug,
        learner: { ...one.learner, restrictions },
      }));
      check(before, after, asked, counts);
    });
    expect(counts.different).toBeGreaterThan(50);
  });

  it('of one purpose, on lists too, touches whoever is shown anything otherwise whatever the version is called', () => {
    const counts: Counts = { asked: 0, different: 0, untouched: 0 };
    const worlds = drawn(world, SEED + 7, WORLDS);
    const others = drawn(world, SEED + 8, WORLDS);
    worlds.forEach((before, n) => {
      const [changedWorld = before] = drawn(changesOf(before, others[n] as World), SEED + n);
      const after = { ...changedWorld, inForce: changedWorld.inForce.map(inNextVersion) };
      const [old, now] = [before, after].map(({ inForce, agencies }) => compileDecisionTable(inForce, agencies));
      if (!old || !now) throw new Error('Two worlds make two tables.');
      const asked = [before, after]
        .filter(({ inForce }) => inForce.length > 0)
        .flatMap((one) => drawn(questions(one, SMALL), SEED + n, QUESTIONS));
      for (const { purpose, ...one } of asked.map((question) => withBits(question)).flatMap(forOnePurpose)) {
        const touched = changedDecisions(old, now, { routes: ['learner', 'list'], purpose, whateverVersion: true }).touchesItem(
          one.recipient,
          one.item,
        );
        const [then, later] = [old, now].map((table) => JSON.stringify(decideDisclosure(table, one)).replaceAll(/@\d+#/g, '#'));
        if (then !== later && !touched) expect({ one, later }).toEqual({ one, later: then });
        counts.asked += 1;
        counts.different += Number(then !== later);
        counts.untouched += Number(!touched);
      }
    });
    expect(counts.different).toBeGreaterThan(counts.asked / 100);
    expect(counts.untouched).toBeGreaterThan(counts.asked / 5);
  }, 300_000);

  it('to a version that says the same touches nobody where the version does not count, and everybody it names where it does', () => {
    const { inForce, agencies } = shippedWorld();
    const [old, next] = [inForce, inForce.map(inNextVersion)].map((protocols) => compileDecisionTable(protocols, agencies));
    if (!old || !next) throw new Error('Two worlds make two tables.');
    expect(changedDecisions(old, next, { whateverVersion: true }).isNothing).toBe(true);
    expect(changedDecisions(old, next).isNothing).toBe(false);
  });

  it('that changes nothing touches nobody, in whatever order protocols and agencies are listed', () => {
    const { inForce, agencies } = shippedWorld();
    const turned = compileDecisionTable(structuredClone(inForce).toReversed(), structuredClone(agencies).toReversed());
    expect(changedDecisions(compileDecisionTable(inForce, agencies), turned).isNothing).toBe(true);
  });
});
