// Questions about one learner, by everybody who asks: what each is shown, what is recorded, and that it comes out the same again.
import type { Asker } from '#access';
import { assessment, connexions, consent, council, otherProvider, person, programme, provider, told } from '#contribution/fixtures';
import type { LearnerId } from '#kernel';
import { disclosureStream, NOBODY } from '#learner-file';
import type { Answer, Disclosure } from './answer.ts';
import type { Inquiry } from './ask-about-learner.ts';
import { DISCLOSURE_DECIDED, type DisclosureDecided } from './decision-record.ts';
import { openDecision } from './disclosure-log.ts';
import { GateTown } from './fixtures/index.ts';
import { Gate } from './gate.ts';
import type { GateParts } from './gate-parts.ts';
import { DISCLOSURE_REFUSED, openRefusal } from './refusal-record.ts';
import { replay } from './replay.ts';

let town: GateTown;
let ann: LearnerId;
beforeEach(async () => {
  town = await GateTown.open();
  ann = await town.tell([
    told(connexions, 'learner.registered', person),
    told(connexions, 'referral.made', { referralId: 'r-1', to: provider.slug, route: 'connexions' }),
    told(provider, 'programme.started', programme('p-1')),
    told(provider, 'assessment.recorded', assessment({ assessmentId: 'a-1' })),
    told(connexions, 'consent.given', consent('k-1')),
    told(connexions, 'circumstance.noted', { kind: 'housing', note: 'Stays with friends' }),
  ]);
});
afterEach(() => town.close());

const page = { after: 0, limit: 100 };
const ask = (asker: Asker, ref: string, more: Partial<Inquiry> = {}): Promise<Disclosure> =>
  town.gate.ask({ asker, ref, purposes: ['deliver-programme', 'plan-learning'], asked: 'passport', page, ...more });
const typesOf = (disclosure: Disclosure): readonly string[] =>
  (disclosure as Answer).items.map(({ type }) => type.slice('uk.concordat.'.length, -'.v1'.length)).sort();
const recorded = async () => (await town.recorded(disclosureStream(ann))).filter(({ type }) => type === DISCLOSURE_DECIDED);
const decisions = async (): Promise<readonly DisclosureDecided[]> =>
  (await Promise.all((await recorded()).map((event) => town.opened(openDecision, event)))).filter((decided) => decided !== undefined);
const expectSameAgain = async (): Promise<DisclosureDecided | undefined> => {
  const last = (await recorded()).at(-1);
  if (last === undefined) throw new Error('Nothing was recorded.');
  const again = await replay(town, last);
  expect(again?.again).toEqual(again?.recorded);
  return town.opened(openDecision, last);
};
const named = (recipient: string): string => town.pseudonyms.of(recipient, ann);
const RIGHTS = { purposes: ['answer-rights'], reason: 'a request for access' };
const OWN = { purposes: ['know-own-record'] };
const EVERYTHING = [
  'assessment.recorded',
  'circumstance.noted',
  'consent.given',
  'learner.registered',
  'programme.started',
  'referral.made',
] as const;

describe('a question about a learner who is not in memory', () => {
  it.each([
    ['about somebody', provider.slug, () => named(provider.slug)],
    ['about nobody', provider.slug, () => town.pseudonyms.of(provider.slug, '00000000-0000-4000-8000-0000000000aa')],
    ['by a local id that nobody gave', provider.slug, () => 'local:l-0'],
    ['by nobody whom the register knows', 'stranger', () => 'local:l-0'],
  ])('is decided once, %s', async (_, agency, ref) => {
    const complete: boolean[] = [];
    const write: GateParts['writer']['write'] = async ({ look, judge }) => {
      const noted = (): ReturnType<typeof judge> => {
        const decided = judge();
        complete.push(decided.draft.isComplete);
        return decided;
      };
      return town.parts.writer.write({ look, judge: noted });
    };
    const gate = new Gate({ ...town.parts, writer: { write } });
    await gate.ask({ asker: { agency }, ref: ref(), purposes: [], asked: 'passport', page });
    expect(complete).toEqual([true]);
  });
});

describe('an agency', () => {
  it('is shown what clauses allow, and the decision names who of it asked', async () => {
    const answer = await ask({ agency: provider.slug, staff: 'pat' }, named(provider.slug));
    expect(answer).toMatchObject({ outcome: 'answered', learner: named(provider.slug), position: await town.store.head() });
    expect(typesOf(answer)).toEqual(['assessment.recorded', 'learner.identity', 'programme.started', 'referral.made']);
    expect(await expectSameAgain()).toMatchObject({ recipient: provider.slug, staff: 'pat', asked: 'passport', route: 'learner' });
  });

  it('asks for what the name of its question says: assessments alone, or nothing but its name for the learner', async () => {
    const ref = named(provider.slug);
    expect(typesOf(await ask({ agency: provider.slug }, ref, { asked: 'assessments' }))).toEqual(['assessment.recorded']);
    expect(await ask({ agency: provider.slug }, ref, { asked: 'lookup' })).toMatchObject({ learner: ref, items: [] });
    expect((await expectSameAgain())?.asked).toBe('lookup');
  });

  it('with nothing to do with the learner is told as if there were none', async () => {
    expect(await ask({ agency: otherProvider.slug }, named(otherProvider.slug))).toEqual({
      outcome: 'not-known',
      position: await town.store.head(),
    });
    expect((await expectSameAgain())?.outcome).toBe('not-known');
  });

  it('that may see nothing for its purposes is refused with the clauses that would have to hold', async () => {
    const [asker, ref] = [{ agency: council.slug }, named(council.slug)];
    expect(await ask(asker, ref, { purposes: ['guarantee-place'] })).toMatchObject({ outcome: 'answered' });
    expect(await ask(asker, ref, { purposes: ['support-learner'] })).toMatchObject({ outcome: 'not-permitted', learner: ref, clauses: [] });
    expect((await expectSameAgain())?.outcome).toBe('not-permitted');
  });
});

describe('the partnership’s data protection officer', () => {
  const officer: Asker = { office: 'dpo-partnership', staff: 'olu' };

  it('is shown everything inside a rights task, and the learner can see who looked', async () => {
    const answer = await ask(officer, named('operator:dpo-partnership'), RIGHTS);
    expect(typesOf(answer)).toEqual(EVERYTHING);
    expect((answer as Answer).items.every(({ clause }) => clause === 'oversight@1#OV2')).toBe(true);
    expect(await expectSameAgain()).toMatchObject({ recipient: 'operator:dpo-partnership', staff: 'olu', reason: 'a request for access' });
  });

  it('is shown nothing of it without a reason', async () => {
    expect(await ask(officer, ann, { purposes: ['answer-rights'] })).toMatchObject({
      outcome: 'not-permitted',
      clauses: ['oversight@1#OV2'],
    });
    expect((await expectSameAgain())?.permitted).toEqual([]);
  });

  it('is shown consents alone, without their notes, when it oversees', async () => {
    expect(typesOf(await ask(officer, ann, { purposes: ['oversee-sharing'] }))).toEqual(['consent.given']);
    expect((await expectSameAgain())?.permitted).toMatchObject([{ clause: 'oversight@1#OV1', level: 'summary' }]);
  });

  it('is shown nothing for an agency’s purposes', async () => {
    expect(await ask(officer, ann)).toMatchObject({ outcome: 'not-permitted' });
    expect((await expectSameAgain())?.outcome).toBe('not-permitted');
  });
});

describe('the data protection officer of an agency', () => {
  it('is shown what that agency contributed, and nothing of others’', async () => {
    expect(typesOf(await ask({ office: `dpo-of:${provider.slug}` }, ann, RIGHTS))).toEqual(['assessment.recorded', 'programme.started']);
    expect((await expectSameAgain())?.recipient).toBe(`operator:dpo-of:${provider.slug}`);
  });

  it('is told of nobody whom the agency does not know, nor where the agency takes no part', async () => {
    expect(await ask({ office: `dpo-of:${otherProvider.slug}` }, ann, RIGHTS)).toMatchObject({ outcome: 'not-known' });
    await expectSameAgain();
    const { agencies } = await town.beside();
    await agencies.suspend(provider.slug, 'an inquiry');
    expect(await ask({ office: `dpo-of:${provider.slug}` }, ann, RIGHTS)).toMatchObject({ outcome: 'not-known' });
  });
});

describe('the data manager and the operator', () => {
  it('are shown what doubtful identities need, and nothing', async () => {
    const manager = { office: 'data-manager' } as const;
    const answer = await ask(manager, ann, { purposes: ['assure-data-quality'] });
    expect(typesOf(answer)).toEqual(['assessment.recorded', 'learner.registered', 'programme.started']);
    expect((answer as Answer).items.find(({ type }) => type.includes('assessment'))?.data).not.toHaveProperty('outcome');
    await expectSameAgain();
    const all = [...town.parts.registers.inForce('2026-01-05').purposes];
    expect(await ask({ office: 'operator' }, ann, { purposes: all })).toMatchObject({ outcome: 'not-permitted' });
    expect((await expectSameAgain())?.recipient).toBe('operator:operator');
  });
});

describe('a learner', () => {
  it('is shown the own record, and nobody else’s', async () => {
    expect(typesOf(await ask({ learner: ann }, 'me', OWN))).toEqual(EVERYTHING);
    expect(await expectSameAgain()).toMatchObject({ recipient: 'operator:learner', outcome: 'answered' });
    const bea = await town.tell([told(connexions, 'learner.registered', { ...person, givenName: 'Bea' })]);
    for (const ref of [bea, town.pseudonyms.of('operator:learner', bea)]) {
      expect(await ask({ learner: ann }, ref, OWN)).toMatchObject({ outcome: 'not-known' });
    }
    const [ofBea] = await town.recorded(disclosureStream(bea));
    const again = ofBea && (await replay(town, ofBea));
    expect(again).toMatchObject({ recorded: { outcome: 'not-known' }, again: again?.recorded });
    expect(JSON.stringify(await town.opened(openDecision, ofBea))).not.toContain(ann);
  });

  it('is not shown what its source withholds, nor told that it does, until that ends', async () => {
    const names = { notes: { names: 5 } };
    await town.tell([told(connexions, 'withholding.stated', { of: 'm', ground: 'crime', until: '2026-02-01' }, names)], ann);
    const meanwhile = typesOf(await ask({ learner: ann }, 'me', OWN));
    for (const type of ['circumstance.noted', 'withholding.stated']) expect(meanwhile).not.toContain(type);
    expect(typesOf(await ask({ office: 'dpo-partnership' }, ann, RIGHTS))).toContain('circumstance.noted');
    await town.tell([told(connexions, 'withholding.ended', { of: 'm' }, names)], ann);
    expect(typesOf(await ask({ learner: ann }, 'me', OWN))).toContain('circumstance.noted');
    await expectSameAgain();
  });

  it('is shown it after the last day for which it was withheld', async () => {
    const stated = told(connexions, 'withholding.stated', { of: 'm', ground: 'crime', until: '2026-02-01' }, { notes: { names: 5 } });
    await town.tell([stated], ann);
    town.clock.set(Date.parse('2026-02-01T12:00:00Z'));
    expect(typesOf(await ask({ learner: ann }, 'me', OWN))).not.toContain('circumstance.noted');
    town.clock.set(Date.parse('2026-02-02T12:00:00Z'));
    expect(typesOf(await ask({ learner: ann }, 'me', OWN))).toContain('circumstance.noted');
  });
});

describe('nobody', () => {
  it.each<readonly [string, Asker, string]>([
    ['an agency that is not registered', { agency: 'stranger' }, 'uln:9276308686'],
    ['an agency, about a learner who does not exist', { agency: provider.slug }, 'uln:9276308686'],
    ['an officer of nobody', { office: 'dpo-of:stranger' }, '00000000-0000-4000-8000-000000000001'],
    ['an officer, about a learner who does not exist', { office: 'dpo-partnership' }, '00000000-0000-4000-8000-000000000001'],
  ])('is told of nobody, and that is recorded without the reference: %s', async (_, asker, ref) => {
    expect(await ask(asker, ref)).toEqual({ outcome: 'not-known', position: await town.store.head() });
    const [refused] = await town.recorded(disclosureStream(NOBODY));
    if (refused === undefined) throw new Error('Nothing was recorded.');
    expect([refused.type, Buffer.from(refused.payload).includes(ref)]).toEqual([DISCLOSURE_REFUSED, false]);
    expect(JSON.stringify(await town.opened(openRefusal, refused))).not.toContain('9276308686');
    expect(await replay(town, refused)).toEqual({ recorded: 'not-known', again: 'not-known' });
  });
});

describe('a decision rests on the registers as they are on disk', () => {
  it('not on a protocol that another process suspended a moment ago', async () => {
    expect(typesOf(await ask({ agency: provider.slug }, named(provider.slug)))).toContain('learner.identity');
    const { protocols } = await town.beside();
    await protocols.suspend({ protocol: 'e2e-passport', version: 1, reason: 'a breach' });
    const suspended = await town.store.head();
    const after = await ask({ agency: provider.slug }, named(provider.slug));
    expect(after.position).toBeGreaterThan(suspended);
    expect((after as Answer).items.map(({ clause }) => clause)).toEqual(['own', 'own']);
    expect((await expectSameAgain())?.protocols).toBe((await town.recorded('sharing-protocols')).length - 1);
  });

  it('not on an agency that another process suspended, nor on its absence where one was just registered', async () => {
    const { agencies } = await town.beside();
    await agencies.suspend(provider.slug, 'an inquiry');
    expect(await ask({ agency: provider.slug }, named(provider.slug))).toMatchObject({ outcome: 'not-known' });
    await agencies.register({ slug: 'newcomer', name: 'Newcomer', roles: ['provider'], districts: [] });
    expect(await ask({ agency: 'newcomer' }, named('newcomer'))).toMatchObject({ outcome: 'not-known' });
    expect((await decisions()).map(({ recipient }) => recipient)).toEqual(['newcomer']);
  });
});
