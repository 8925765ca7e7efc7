// A page of a list: each asker gets what clauses allow, recorded as one decision that comes out the same when it is decided again.
import type { Asker } from '#access';
import { assessment, connexions, consent, council, otherProvider, person, programme, provider, told } from '#contribution/fixtures';
import type { LearnerId } from '#kernel';
import { disclosureStream, learnerStream } from '#learner-file';
import { keysOf } from '#privacy';
import type { DisclosureDecided } from '../decision-record.ts';
import { openDecision } from '../disclosure-log.ts';
import { GateTown } from '../fixtures/index.ts';
import { replay } from '../replay.ts';
import { LIST_DECIDED, type ListAnswer, type ListDecided, type ListInquiry, listStream, openList } from './index.ts';

let town: GateTown;
beforeEach(async () => void (town = await GateTown.open()));
afterEach(() => town.close());

/** Careers refers, the provider starts and assesses, careers signs off. */
const onProgramme = (name: string, localId: string): Promise<LearnerId> =>
  town.tell([
    told(connexions, 'learner.registered', { ...person, givenName: name, localId }),
    told(connexions, 'learner.adviser-assigned', { name: 'P. Adviser', role: 'personal-adviser' }),
    told(connexions, 'referral.made', { referralId: `r-${localId}`, to: provider.slug, route: 'connexions' }),
    told(provider, 'programme.started', programme(`p-${localId}`)),
    told(provider, 'assessment.recorded', assessment({ assessmentId: `a-${localId}` })),
    told(connexions, 'consent.given', consent(`k-${localId}`)),
  ]);

const ITEMS = { anchor: ['programme.started'], beside: ['learner.identity', 'learner.adviser-assigned', 'assessment.recorded'] };
const PURPOSES = ['support-learner', 'deliver-programme', 'plan-learning'];
const inquiry = (asker: Asker, learners: readonly LearnerId[], more: Partial<ListInquiry> = {}): ListInquiry => ({
  asker,
  purposes: PURPOSES,
  list: 'caseload',
  items: ITEMS,
  parameters: { state: 'current' },
  limit: 100,
  candidates: learners.map((learner) => ({ learner })),
  ...more,
});
const rowsOf = (answer: ListAnswer) => (answer.outcome === 'answered' ? answer.rows : []);
const typesIn = ({ items }: ReturnType<typeof rowsOf>[number]): readonly string[] =>
  [...items.values()].map(({ type }) => type.slice('uk.concordat.'.length, -'.v1'.length)).sort();
const pages = async (recipient: string) => {
  const events = (await town.recorded(listStream(recipient))).filter(({ type }) => type === LIST_DECIDED);
  return Promise.all(events.map((event) => town.opened(openList, event)));
};
/** What the log holds of a page's rows, in their order; undefined where the learner was erased. */
const decisionsOf = async (page: ListDecided | undefined): Promise<readonly (DisclosureDecided | undefined)[]> => {
  const found: (DisclosureDecided | undefined)[] = [];
  for (const { learner, decision } of page?.rows ?? []) {
    const stored = (await town.recorded(disclosureStream(learner)))[decision];
    found.push(await town.opened(openDecision, stored));
  }
  return found;
};
/** The page, and each of its rows. */
const expectSameAgain = async (recipient: string): Promise<number> => {
  const events = (await town.recorded(listStream(recipient))).filter(({ type }) => type === LIST_DECIDED);
  for (const event of events) {
    const { outcome, rows } = openList(event, await keysOf(town.vault, [event]));
    expect(await replay(town, event)).toEqual({ recorded: { outcome, rows }, again: { outcome, rows } });
    for (const { learner, decision } of rows) {
      const [row] = await town.store.readStream(disclosureStream(learner), { from: decision, limit: 1 });
      const again = row && (await replay(town, row));
      expect(again?.again).toEqual(again?.recorded);
    }
  }
  return events.length;
};
const careers = { agency: connexions.slug, staff: 'pat' };

describe('an agency that asks for a list', () => {
  it('is shown each row whose anchor a clause permits, cut to what clauses allow', async () => {
    const [ann, bea] = [await onProgramme('Ann', 'l-1'), await onProgramme('Bea', 'l-2')];
    const rows = rowsOf(await town.gate.list(inquiry(careers, [ann, bea])));
    expect(rows.map(({ candidate, learner, localId }) => [candidate, learner, localId])).toEqual([
      [0, town.pseudonyms.of(connexions.slug, ann), 'l-1'],
      [1, town.pseudonyms.of(connexions.slug, bea), 'l-2'],
    ]);
    expect(rows.map(typesIn)).toEqual(
      Array(2).fill(['assessment.recorded', 'learner.adviser-assigned', 'learner.identity', 'programme.started']),
    );
    const [identity] = [...(rows[1]?.items.values() ?? [])].filter(({ clause }) => clause === 'e2e-passport@1#EP1');
    expect(identity?.data).toMatchObject({ givenName: 'Bea' });
  });

  it('is neither shown nor hinted at whoever it has nothing to do with, nor who does not exist', async () => {
    const ann = await onProgramme('Ann', 'l-1');
    const candidates = [ann, '00000000-0000-4000-8000-000000000001'];
    const answer = await town.gate.list(inquiry({ agency: otherProvider.slug }, candidates));
    expect(answer).toMatchObject({ outcome: 'answered', rows: [], looked: 2 });
    expect(await pages(otherProvider.slug)).toMatchObject([{ rows: [], looked: 2, outcome: 'answered' }]);
    expect(JSON.stringify(await pages(otherProvider.slug))).not.toContain(ann);
  });

  it('gets no row without its anchor, and a row without what is refused beside it', async () => {
    const ann = await onProgramme('Ann', 'l-1');
    const ask = async (purposes: readonly string[]) => rowsOf(await town.gate.list(inquiry(careers, [ann], { purposes }))).map(typesIn);
    expect(await ask(['plan-learning', 'deliver-programme'])).toEqual([]);
    expect(await ask(['support-learner'])).toEqual([['learner.adviser-assigned', 'programme.started']]);
  });

  it('gets of one candidate those items alone that the view named', async () => {
    const ann = await onProgramme('Ann', 'l-1');
    await town.tell([told(provider, 'programme.started', programme('p-2'))], ann);
    const candidates = [
      { learner: ann, only: [3] },
      { learner: ann, only: [6] },
    ];
    const rows = rowsOf(await town.gate.list(inquiry(careers, [], { candidates })));
    expect(rows.map(({ items }) => [...items.keys()])).toEqual([
      [-1, 3],
      [-1, 6],
    ]);
  });

  it('gets no more rows than it asked for, and learns how far was looked', async () => {
    const learners = [await onProgramme('Ann', 'l-1'), await onProgramme('Bea', 'l-2'), await onProgramme('Cat', 'l-3')];
    expect(await town.gate.list(inquiry(careers, learners, { limit: 2 }))).toMatchObject({
      rows: [{ candidate: 0 }, { candidate: 1 }],
      looked: 2,
      more: true,
    });
  });

  it('is refused where no clause could serve it for these purposes', async () => {
    const ann = await onProgramme('Ann', 'l-1');
    const asked = inquiry({ agency: otherProvider.slug }, [ann], { purposes: ['prevent-reoffending'] });
    const answer = await town.gate.list(asked);
    expect(answer).toMatchObject({ outcome: 'not-permitted', position: await town.store.head() });
    expect('clauses' in answer && answer.clauses).toContain('e2e-passport@1#EP9');
    expect(await pages(otherProvider.slug)).toMatchObject([{ outcome: 'not-permitted', rows: [] }]);
  });

  it('of which nobody has heard gets nothing, and the look is recorded', async () => {
    const ann = await onProgramme('Ann', 'l-1');
    expect(await town.gate.list(inquiry({ agency: 'stranger' }, [ann]))).toMatchObject({ outcome: 'not-permitted', clauses: [] });
    expect(await pages('stranger')).toMatchObject([{ outcome: 'not-permitted', looked: 0 }]);
  });
});

describe('the record of a page', () => {
  it('is in the stream of the asker who asked what, and in that of each learner what was shown, in one append', async () => {
    const [ann, bea] = [await onProgramme('Ann', 'l-1'), await onProgramme('Bea', 'l-2')];
    const before = await town.store.head();
    const { position } = await town.gate.list(inquiry(careers, [ann, bea]));
    expect([position, await town.store.head()]).toEqual([before + 3, before + 3]);
    const [page] = await pages(connexions.slug);
    expect(page).toMatchObject({
      recipient: connexions.slug,
      staff: 'pat',
      list: 'caseload',
      purposes: PURPOSES,
      parameters: { state: 'current' },
    });
    expect(page?.rows.map(({ learner }) => learner)).toEqual([ann, bea]);
    const [ofAnn] = await decisionsOf(page);
    const asked = { recipient: connexions.slug, staff: 'pat', route: 'list', asked: 'caseload' };
    expect(ofAnn).toMatchObject({ ...asked, learner: 5, outcome: 'answered' });
    expect(ofAnn?.permitted).toContainEqual(
      expect.objectContaining({ clause: 'e2e-passport@1#EP5', purpose: 'support-learner', basis: '6(1)(e)', items: [3] }),
    );
  });

  it('holds nothing in clear of about whom, and an erased learner is gone from it while the others stay', async () => {
    const [ann, bea] = [await onProgramme('Ann', 'l-1'), await onProgramme('Bea', 'l-2')];
    await town.gate.list(inquiry(careers, [ann, bea]));
    const [event] = await town.recorded(listStream(connexions.slug));
    expect([event?.meta.owner, Buffer.from(event?.payload ?? []).includes(ann)]).toEqual(['broker', false]);
    await town.vault.destroy(learnerStream(ann));
    const [page] = await pages(connexions.slug);
    expect((await decisionsOf(page)).map((decided) => decided !== undefined)).toEqual([false, true]);
  });

  it('decided again comes out the same, whatever happened since', async () => {
    const [ann, bea] = [await onProgramme('Ann', 'l-1'), await onProgramme('Bea', 'l-2')];
    await town.gate.list(inquiry(careers, [ann, bea]));
    await town.gate.list(inquiry({ agency: provider.slug }, [ann], { candidates: [{ learner: ann, only: [3, 4] }] }));
    await town.tell([told(connexions, 'consent.withdrawn', { consentId: 'k-l-1', by: 'learner' })], ann);
    await town.gate.list(inquiry({ agency: provider.slug }, [ann]));
    const all = [...(await pages(connexions.slug)), ...(await pages(provider.slug))];
    expect(all).toHaveLength(3);
    expect((await expectSameAgain(connexions.slug)) + (await expectSameAgain(provider.slug))).toBe(3);
    const [, before, after] = await Promise.all(all.map(decisionsOf));
    expect(after?.[0]?.permitted).not.toEqual(before?.[0]?.permitted);
  });
});

describe('a page rests on nothing that has changed', () => {
  it('not on a protocol that another process suspended', async () => {
    const ann = await onProgramme('Ann', 'l-1');
    expect(rowsOf(await town.gate.list(inquiry(careers, [ann])))).toHaveLength(1);
    const { protocols } = await town.beside();
    expect((await protocols.suspend({ protocol: 'e2e-passport', version: 1, reason: 'a breach' })).ok).toBe(true);
    const suspended = await town.store.head();
    const answer = await town.gate.list(inquiry(careers, [ann]));
    expect(rowsOf(answer)).toEqual([]);
    expect(answer.position).toBeGreaterThan(suspended);
    const page = (await pages(connexions.slug)).at(-1);
    expect(page?.protocols).toBe((await town.recorded('sharing-protocols')).length - 1);
  });

  it('not on an agency that another process suspended', async () => {
    const ann = await onProgramme('Ann', 'l-1');
    const { agencies } = await town.beside();
    await agencies.suspend(connexions.slug, 'an inquiry');
    expect(rowsOf(await town.gate.list(inquiry(careers, [ann])))).toEqual([]);
  });

  it('not on what another process recorded of a learner meanwhile', async () => {
    const ann = await onProgramme('Ann', 'l-1');
    const asked = { agency: provider.slug };
    const seen = async (): Promise<unknown> =>
      [...(rowsOf(await town.gate.list(inquiry(asked, [ann])))[0]?.items.values() ?? [])].find(({ type }) => type.includes('identity'))
        ?.data;
    await seen();
    const held = town.parts.streams.files.peek(learnerStream(ann));
    await town.tell([told(connexions, 'learner.corrected', { givenName: 'Anna', reason: 'as her passport says' })], ann);
    if (held) town.parts.streams.files.put(learnerStream(ann), held);
    expect(await seen()).toMatchObject({ givenName: 'Anna' });
  });
});

describe('offices', () => {
  it('are shown what a protocol gives to their post, and no more', async () => {
    const ann = await onProgramme('Ann', 'l-1');
    const identities = { anchor: ['learner.registered'], beside: ['consent.given'] };
    const ask = async (asker: Asker, purposes: readonly string[], reason?: string) =>
      rowsOf(await town.gate.list(inquiry(asker, [ann], { items: identities, purposes, ...(reason === undefined ? {} : { reason }) })));
    const byManager = await ask({ office: 'data-manager', staff: 'dm' }, ['assure-data-quality']);
    expect(byManager.map((row) => [row.learner, typesIn(row)])).toEqual([[ann, ['learner.registered']]]);
    const byOfficer = await ask({ office: 'dpo-partnership' }, ['answer-rights'], 'a request for access');
    expect(byOfficer.map((row) => [row.learner, typesIn(row)])).toEqual([
      [town.pseudonyms.of('operator:dpo-partnership', ann), ['consent.given', 'learner.registered']],
    ]);
    expect(await ask({ office: 'operator' }, ['answer-rights'])).toEqual([]);
    expect((await pages('operator:data-manager'))[0]).toMatchObject({ recipient: 'operator:data-manager', staff: 'dm' });
  });

  it('of one agency are shown what that agency contributed alone, and of nobody whom it does not know', async () => {
    const ann = await onProgramme('Ann', 'l-1');
    const items = { anchor: ['programme.started'], beside: ['learner.registered'] };
    const rights = { items, purposes: ['answer-rights'], reason: 'x' };
    const ask = async (slug: string) => rowsOf(await town.gate.list(inquiry({ office: `dpo-of:${slug}` }, [ann], rights))).map(typesIn);
    expect(await ask(provider.slug)).toEqual([['programme.started']]);
    expect(await ask(otherProvider.slug)).toEqual([]);
    expect(await ask(council.slug)).toEqual([]);
    expect(await expectSameAgain(`operator:dpo-of:${provider.slug}`)).toBe(1);
  });
});
