// Whose ties wait for a voucher: told to whoever can give it, and to the learner; recorded as a page with a part of each learner's, which
// comes out the same when it is decided again.
import type { Asker } from '#access';
import { connexions, otherConnexions, otherProvider, person, programme, provider, told } from '#contribution/fixtures';
import type { LearnerId } from '#kernel';
import { disclosureStream, learnerStream } from '#learner-file';
import { openDecision } from '../disclosure-log.ts';
import { GateTown } from '../fixtures/index.ts';
import { replay } from '../replay.ts';
import { listStream, openList, type TieCandidate, type TiesAnswer } from './index.ts';

const SINCE = Date.parse('2026-01-02T23:30:00Z');
let town: GateTown;
beforeEach(async () => void (town = await GateTown.open()));
afterEach(() => town.close());

/** Careers registered the learner; a provider started a programme without anybody having sent the learner there. */
const enrolledUnseen = (localId: string): Promise<LearnerId> =>
  town.tell([
    told(connexions, 'learner.registered', { ...person, localId }),
    told(connexions, 'learner.adviser-assigned', { name: 'P. Adviser', role: 'personal-adviser' }),
    told(provider, 'programme.started', programme(`p-${localId}`)),
  ]);
const candidate = (learner: LearnerId): TieCandidate => ({
  learner,
  parties: [connexions, provider].map(({ slug: agency }) => ({ agency, since: SINCE })),
});
const ask = (asker: Asker, learners: readonly LearnerId[]): Promise<TiesAnswer> =>
  town.gate.ties({ asker, parameters: { limit: 200 }, candidates: learners.map(candidate) });
const tiesIn = (answer: TiesAnswer) => (answer.outcome === 'answered' ? answer.ties : undefined);
const waiting = { agency: provider.slug, relationships: ['enrolled-with'], since: '2026-01-02' };
const careers = { agency: connexions.slug, staff: 'pat' };

describe('whose ties wait', () => {
  it('is told to the service that stands, by its own names', async () => {
    const ann = await enrolledUnseen('l-1');
    expect(tiesIn(await ask(careers, [ann]))).toEqual([{ learner: town.pseudonyms.of(connexions.slug, ann), localId: 'l-1', ...waiting }]);
    expect(tiesIn(await ask({ agency: otherConnexions.slug }, [ann]))).toEqual([]);
  });

  it('is told to the data manager of everybody, and to a learner of the own ties alone', async () => {
    const [ann, bea] = [await enrolledUnseen('l-1'), await enrolledUnseen('l-2')];
    const all = tiesIn(await ask({ office: 'data-manager' }, [ann, bea]))?.filter(({ agency }) => agency === provider.slug);
    expect(all).toMatchObject([{ learner: ann }, { learner: bea }]);
    const own = tiesIn(await ask({ learner: ann }, [ann, bea]));
    expect(new Set(own?.map(({ learner }) => learner))).toEqual(new Set([town.pseudonyms.of('operator:learner', ann)]));
  });

  it.each<readonly [string, Asker]>([
    ['an agency that may vouch for nobody', { agency: otherProvider.slug }],
    ['an officer', { office: 'dpo-partnership' }],
    ['the operator', { office: 'operator' }],
    ['nobody whom the register has', { agency: 'stranger' }],
  ])('is refused, and that is recorded: %s', async (_, asker) => {
    const ann = await enrolledUnseen('l-1');
    expect(await ask(asker, [ann])).toEqual({ outcome: 'not-permitted', position: await town.store.head() });
    const [page] = await town.recorded(listStream('agency' in asker ? asker.agency : `operator:${'office' in asker ? asker.office : ''}`));
    if (page === undefined) throw new Error('Nothing was recorded.');
    expect(await replay(town, page)).toMatchObject({ recorded: { outcome: 'not-permitted' }, again: { outcome: 'not-permitted' } });
  });
});

describe('the record of it', () => {
  it('is a page of the asker’s with a part of each learner’s, in one append, and goes with the learner', async () => {
    const [ann, bea] = [await enrolledUnseen('l-1'), await enrolledUnseen('l-2')];
    const before = await town.store.head();
    const { position } = await ask(careers, [ann, bea]);
    expect([position, await town.store.head()]).toEqual([before + 3, before + 3]);
    const [page] = await town.recorded(listStream(connexions.slug));
    expect(await town.opened(openList, page)).toMatchObject({
      list: 'ties',
      staff: 'pat',
      looked: 2,
      rows: [{ learner: ann }, { learner: bea }],
    });
    const [part] = await town.recorded(disclosureStream(ann));
    expect(await town.opened(openDecision, part)).toMatchObject({
      recipient: connexions.slug,
      staff: 'pat',
      route: 'list',
      asked: 'ties',
      row: { parties: [connexions.slug, provider.slug] },
      waiting: [{ agency: provider.slug, relationships: ['enrolled-with'] }],
      permitted: [],
    });
    await town.vault.destroy(learnerStream(ann));
    expect(await town.opened(openDecision, part)).toBeUndefined();
    expect(page && (await replay(town, page))).toMatchObject({ again: { rows: [{ learner: ann }, { learner: bea }] } });
  });

  it('comes out the same again, though somebody vouched since', async () => {
    const ann = await enrolledUnseen('l-1');
    await ask(careers, [ann]);
    await town.tell([told(connexions, 'tie.confirmed', { agency: provider.slug, relationship: 'enrolled-with' })], ann);
    expect(tiesIn(await ask(careers, [ann]))).toEqual([]);
    const stored = [...(await town.recorded(listStream(connexions.slug))), ...(await town.recorded(disclosureStream(ann)))];
    expect(stored).toHaveLength(3);
    for (const event of stored) {
      const again = await replay(town, event);
      expect(again?.again).toEqual(again?.recorded);
    }
  });

  it('rests on nothing that another process changed: the register, or the learner', async () => {
    const ann = await enrolledUnseen('l-1');
    await ask(careers, [ann]);
    const held = town.parts.streams.files.peek(learnerStream(ann));
    await town.tell([told(connexions, 'tie.confirmed', { agency: provider.slug, relationship: 'enrolled-with' })], ann);
    if (held) town.parts.streams.files.put(learnerStream(ann), held);
    expect(tiesIn(await ask(careers, [ann]))).toEqual([]);
    await (await town.beside()).agencies.suspend(connexions.slug, 'an inquiry');
    expect(await ask(careers, [ann])).toMatchObject({ outcome: 'not-permitted' });
  });
});
