// Invariant 10 over everything that the gate records: a story in which each question is asked by somebody who is answered and by somebody
// who is not, and every recorded decision of it, decided again after all that happened since, comes out the same.
import { jest } from '@jest/globals';
import type { Asker } from '#access';
import type { EventToSend } from '#client';
import {
  DISCLOSURE_REFUSED,
  LEARNER_QUERIES,
  LIST_DECIDED,
  LOOK_NAMES,
  LOOKUP,
  openDecision,
  openList,
  openLook,
  openRefusal,
  RECORDED_FORMS,
  replay,
} from '#disclosure';
import { WHO, WHO_DOCUMENT } from '#egress';
import type { RecordedEvent } from '#event-store';
import { fixedClock, type LearnerId, type Position } from '#kernel';
import {
  allDocuments,
  allLists,
  type AnyList,
  isOfThings,
  OWN_RECORD,
  OWN_SHARING,
  ownPages,
  tieProposals,
  workedOutLists,
} from '#read-models';
import { learnerIdOf } from './recorded-decisions.ts';
import { assessment, consent, registration, Town, ulnOf } from './town.ts';
import { CAST } from './townsfolk.ts';
import { about, adviser, DAY, leaving, linkAdviser, MORNING, programme, referral, signOff } from './told.ts';
import { keysOf } from '#privacy';

jest.setTimeout(180_000);

const clock = fixedClock(MORNING);
const [uln, other, unknown] = [ulnOf(1), ulnOf(2), ulnOf(3)];
let town: Town;
let learner: LearnerId;
beforeAll(async () => {
  town = await Town.open({ clock, following: true, cast: [...CAST, { slug: 'town-ebp', roles: ['ebp'] }] });
  await town.tell('careers', registration(uln, 'c-1'), adviser(uln), referral(uln, 'forge'), assessment(uln), consent(uln, 'k-1'));
  await town.tell('forge', registration(other, 'f-2'), programme(other, 'p-2'));
  things = (await town.tell('forge', ...THINGS)).map(({ position }) => Number(position));
  learner = await learnerIdOf(town, 'careers', `uln:${uln}`);
  const ask = async (): Promise<void> => {
    await askAboutLearners();
    await askForLists();
    await lookBeside();
    await askForNames();
  };
  for (const happens of [async () => undefined, ...HAPPENINGS]) {
    await happens();
    await ask();
  }
});
afterAll(() => town.close());

const PURPOSES = 'plan-learning,deliver-programme,support-learner';
const CALLERS = ['careers', 'careers-south', 'forge', 'anvil', 'council'];
const OFFICES: readonly Asker[] = [
  { office: 'operator', staff: 'olu' },
  { office: 'data-manager' },
  { office: 'dpo-partnership', staff: 'pat' },
  { office: 'dpo-of:forge' },
];

/** What may change how a question is answered, each before all of them are asked again. */
const HAPPENINGS: readonly (() => Promise<unknown>)[] = [
  () => town.tell('forge', registration(uln, 'f-1'), programme(uln, 'p-1'), programme(other, 'p-3')),
  () => town.tell('careers', signOff(uln, 'p-1'), linkAdviser('forge')),
  () => town.tell('careers', registration(unknown, 'c-3')),
  () => town.tell('careers', about(uln, 'consent.withdrawn', { consentId: 'k-1', by: 'learner' })),
  () => town.tell('forge', leaving(uln, 'p-1')),
  () => town.node.protocols.suspend({ protocol: 'oversight', version: 1, reason: 'a review' }),
  () => town.node.agencies.suspend('anvil', 'an inquiry'),
  async () => clock.set(clock.now() + 200 * DAY),
];

const QUESTIONS = [...LEARNER_QUERIES, LOOKUP] as const;
let inTurn = 0;

const askForDocument = async (asker: Asker, ref: string): Promise<void> => {
  const document = allDocuments[inTurn % allDocuments.length];
  if (document === undefined) throw new Error('There are no documents.');
  const { name, items, kinds = [] } = document;
  await town.node.gate.document({ asker, ref, purposes: PURPOSES.split(','), asked: name, document: { ...items, parameters: {} }, kinds });
};

const askAboutLearners = async (): Promise<void> => {
  const refs = [`uln:${uln}`, `uln:${unknown}`, 'local:f-1', 'nobody', 'psn:AAAAAAAAAAAAAAAAAAAAAA'];
  const askers: readonly Asker[] = [...CALLERS.map((agency) => ({ agency })), ...OFFICES, { learner }, { agency: 'stranger' }];
  for (const asker of askers) {
    for (const ref of ['learner' in asker ? 'me' : learner, ...refs]) {
      const asked = QUESTIONS[inTurn++ % QUESTIONS.length] ?? LOOKUP;
      await town.node.gate.ask({ asker, ref, purposes: PURPOSES.split(','), asked, page: { after: 0, limit: 2 } });
      await askForDocument(asker, ref);
    }
  }
  await askForOwn();
  // What a receipt tells of what exists, first and as a duplicate; and what a feed has to change.
  const repeated = assessment(uln, { assessmentId: 'a-again' });
  for (const agency of ['careers', 'forge']) for (const event of [repeated, { ...repeated, id: 'again' }]) await town.send(agency, event);
  await town.node.gate.feed({ learner, reachable: new Set(CALLERS), sent: async () => new Map() });
};

/** A learner about the own record, and a learner whom nobody knows. */
const askForOwn = async (): Promise<void> => {
  const { gate } = town.node;
  for (const one of [learner, '6b1f1c1e-0d5e-4c7e-9f0a-111111111111']) {
    const asker = { learner: one };
    const document = { categories: ['assessment', 'consent'], parameters: {} };
    for (const { name, items } of ownPages) await gate.own({ asker, asked: name, document: { ...items, parameters: {} } });
    await gate.own({ asker, asked: OWN_RECORD, document });
    await gate.ownSharing({ asker, asked: OWN_SHARING, document });
  }
};

const askForLists = async (): Promise<void> => {
  const { gate, projections, store, views } = town.node;
  await projections.waitFor('ties', await store.head(), 10_000);
  const askers: readonly Asker[] = [...CALLERS.map((agency) => ({ agency })), ...OFFICES, { learner }, { agency: 'stranger' }];
  const { rows } = await tieProposals(views, { outwards: [], limit: 100 });
  for (const asker of askers) {
    await gate.ties({ asker, parameters: {}, candidates: rows });
    const purposes = [...PURPOSES.split(','), 'assure-data-quality'];
    for (const { name: list, items } of [...askedLists.filter((one) => !isOfThings(one)), DATA_QUALITY]) {
      const candidates = rows.map((row) => ({ learner: row.learner }));
      await gate.list({ asker, purposes, list, items, parameters: {}, limit: 100, candidates });
    }
    for (const { name: list, items, purposes: own } of askedLists.filter(isOfThings)) {
      const [anchor = 0, ...beside] = things;
      const candidates = [{ anchor, beside }, ...beside.map((other) => ({ anchor: other, beside: things }))];
      await gate.things({ asker, purposes: own, list, items, parameters: {}, limit: 100, candidates, complete: true });
    }
  }
};
/** Those of which others are worked out are asked for under names of their own. */
const askedLists: readonly AnyList[] = [
  ...new Set([...allLists, ...workedOutLists.flatMap(({ source, things: beside = [] }) => [source, ...beside])]),
];
/** What is about no learner, by position. */
let things: readonly Position[] = [];
const THINGS: readonly EventToSend[] = [
  { type: 'vacancy.listed', data: { vacancyId: 'v-1', employer: 'Castings', title: 'Moulder', area: 'WV1' } },
  { type: 'vacancy.listed', data: { vacancyId: 'v-2', employer: 'Castings', title: 'Clerk', area: 'WV1', confidentialTo: 'careers' } },
  { type: 'vacancy.filled', data: { vacancyId: 'v-1', employer: 'Castings', title: 'Moulder', area: 'WV1' } },
];
const DATA_QUALITY = { name: 'data-quality', items: { anchor: ['learner.registered'], beside: [] } };

const askForNames = async (): Promise<void> => {
  const inquiry = { ref: learner, purposes: ['answer-rights'], asked: WHO, document: WHO_DOCUMENT };
  for (const asker of OFFICES) await town.node.gate.document({ ...inquiry, asker, reason: 'Somebody wrote to us' });
};

const lookBeside = async (): Promise<void> => {
  const { gate } = town.node;
  for (const asker of [...OFFICES, { learner }, { agency: 'careers' }]) {
    for (const asked of LOOK_NAMES) {
      await gate.look({ asker, asked, parameters: {} }, () => undefined);
      await gate.look({ asker, asked, parameters: {}, about: learner }, () => undefined);
    }
  }
};

const isDecision = ({ stream }: RecordedEvent): boolean => stream.startsWith('disclosure');
const everyDecision = async (): Promise<readonly RecordedEvent[]> => (await town.node.store.readAll({ limit: 100_000 })).filter(isDecision);

const askedIn = async (event: RecordedEvent): Promise<string | undefined> => {
  const keys = await keysOf(town.node.vault, [event]);
  if (event.type === DISCLOSURE_REFUSED) return openRefusal(event, keys).asked;
  if (event.type === LIST_DECIDED) return openList(event, keys).list;
  return (openLook(event, keys) ?? openDecision(event, keys))?.asked.replace(/^existing:.*$/, 'existing');
};

describe('all that the gate recorded', () => {
  it('is of forms that replay, and of all of them', async () => {
    expect(new Set((await everyDecision()).map(({ type }) => type))).toEqual(new Set(RECORDED_FORMS));
  });

  it('holds every question that there is', async () => {
    const asked = new Set(await Promise.all((await everyDecision()).map(askedIn)));
    const lists = [...askedLists.map(({ name }) => name), DATA_QUALITY.name, 'ties'];
    const documents = allDocuments.map(({ name }) => name);
    const own = [OWN_RECORD, OWN_SHARING, ...ownPages.map(({ name }) => name)];
    expect(asked).toEqual(new Set([...LEARNER_QUERIES, LOOKUP, 'existing', 'feed', ...documents, ...own, ...lists, ...LOOK_NAMES, WHO]));
  });

  it('comes out the same again, answered or refused', async () => {
    const decisions = await everyDecision();
    const outcomes = new Set<string>();
    for (const event of decisions) {
      const again = await replay(town.node, event);
      if (again === undefined) throw new Error('Nobody was erased in this story.');
      expect({ position: event.position, ...again }).toEqual({ ...again, position: event.position, again: again.recorded });
      outcomes.add(`${event.type.split('.')[2]} ${JSON.stringify(again.recorded).match(/answered|not-permitted|not-known/)?.[0]}`);
    }
    expect([...outcomes].sort()).toEqual([
      'disclosure answered',
      'disclosure not-known',
      'disclosure not-permitted',
      'list answered',
      'list not-permitted',
      'look answered',
      'look not-permitted',
    ]);
  });
});
