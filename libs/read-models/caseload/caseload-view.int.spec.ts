// Whom the view proposes, and in which order.
import {
  askerOf,
  USUAL_PARTNERSHIP,
  USUAL_PERIODS,
  LEARNER,
  OTHER_LEARNER,
  type Shown,
  showing,
  TestLog,
  type Written,
} from '../fixtures/index.ts';
import { caseload } from './caseload.list.ts';
import { called, caseloadView } from './caseload.view.ts';
import type { Chosen, Place } from '../lists/index.ts';

const THIRD = '00000000-0000-4000-8000-00000000000c';

let log: TestLog;
let shown: Shown;

beforeEach(() => {
  log = new TestLog();
  shown = showing(log, caseload.view);
});
afterEach(async () => {
  await shown.close();
  await log.close();
});

const told = (type: string, learner: string, data: Readonly<Record<string, unknown>>, actor = 'careers'): Written =>
  log.contribution(type, { learner, actor, category: 'adviser', data });
const assigned = (learner: string, actor = 'careers', role = 'personal-adviser'): Written =>
  told('learner.adviser-assigned', learner, { name: 'x', role }, actor);
const assignedTo = (learner: string, adviser: Readonly<Record<string, string>>, actor = 'careers'): Written =>
  told('learner.adviser-assigned', learner, { name: 'x', role: 'personal-adviser', ...adviser }, actor);
const proposed = async (asker: string, more: { readonly after?: Place; readonly limit?: number; readonly chosen?: Chosen } = {}) => {
  await shown.catchUp();
  return (
    await caseload.propose(shown.views, {
      asker: askerOf(asker),
      on: '2026-12-31',
      chosen: {},
      periods: USUAL_PERIODS,
      partnership: USUAL_PARTNERSHIP,
      limit: 100,
      ...more,
    })
  ).candidates;
};
const learners = async (asker: string, chosen: Chosen = {}): Promise<readonly string[]> =>
  (await proposed(asker, { chosen })).map(({ learner }) => learner);

describe('the caseload proposes', () => {
  it('those to whom the asker assigned an adviser, and nobody for a key worker', async () => {
    await log.append(assigned(LEARNER), assigned(OTHER_LEARNER, 'south'), assigned(THIRD, 'forge', 'key-worker'));
    expect([await learners('careers'), await learners('south'), await learners('forge')]).toEqual([[LEARNER], [OTHER_LEARNER], []]);
  });

  it('those first whose follow-up is due first, and last those of whom none is', async () => {
    await log.append(
      ...[LEARNER, OTHER_LEARNER, THIRD].map((learner) => assigned(learner)),
      told('adviser.informed', THIRD, { programmeId: 'p', on: '2026-01-02' }),
      told('adviser.informed', OTHER_LEARNER, { programmeId: 'p', on: '2026-01-05' }),
    );
    expect(await learners('careers')).toEqual([THIRD, OTHER_LEARNER, LEARNER]);
    await log.append(told('follow-up.made', THIRD, { programmeId: 'p', on: '2026-01-02' }));
    expect(await learners('careers')).toEqual([OTHER_LEARNER, LEARNER, THIRD]);
  });

  it('the same whatever came first', async () => {
    await log.append(
      told('follow-up.made', LEARNER, { programmeId: 'p', on: '2026-01-06' }),
      told('adviser.informed', LEARNER, { programmeId: 'p', on: '2026-01-05' }),
      assigned(LEARNER),
    );
    expect(await proposed('careers')).toEqual([{ learner: LEARNER, place: ['9999-12-31', LEARNER] }]);
  });

  it('nobody on account of what others did', async () => {
    await log.append(assigned(LEARNER), told('adviser.informed', LEARNER, { programmeId: 'p', on: '2026-01-02' }, 'stranger'));
    expect([await proposed('careers'), await learners('stranger')]).toEqual([[{ learner: LEARNER, place: ['9999-12-31', LEARNER] }], []]);
  });

  it('one more than a page, and goes on behind its last', async () => {
    await log.append(...[LEARNER, OTHER_LEARNER, THIRD].map((learner) => assigned(learner)));
    const first = await proposed('careers', { limit: 1 });
    expect(first.map(({ learner }) => learner)).toEqual([LEARNER, OTHER_LEARNER]);
    const after = first[0]?.place ?? [];
    expect((await proposed('careers', { limit: 5, after })).map(({ learner }) => learner)).toEqual([OTHER_LEARNER, THIRD]);
  });

  it('of an adviser or an office those alone to whom the asker itself ever assigned one whom it called so', async () => {
    await log.append(
      assignedTo(LEARNER, { name: 'Sam', staffId: 's-1', office: 'Bilston' }),
      assignedTo(OTHER_LEARNER, { name: 'Pat', office: 'Bilston' }),
      assignedTo(THIRD, { name: 'Kit', office: 'Wednesfield' }),
      assignedTo(THIRD, { name: 'Sam' }),
      assignedTo(OTHER_LEARNER, { name: 'Sam', staffId: 's-1' }, 'south'),
    );
    expect(await learners('careers', { adviser: 'Sam' })).toEqual([LEARNER, THIRD]);
    expect(await learners('careers', { adviser: 's-1' })).toEqual([LEARNER]);
    expect(await learners('careers', { office: 'Bilston' })).toEqual([LEARNER, OTHER_LEARNER]);
    expect(await learners('careers', { adviser: 'Sam', office: 'Wednesfield' })).toEqual([LEARNER, THIRD]);
    expect(await learners('south', { adviser: 'Sam' })).toEqual([OTHER_LEARNER]);
  });

  it('all where the asker never called anybody so: others may have, and it may see that', async () => {
    await log.append(assignedTo(LEARNER, { name: 'Sam' }), assignedTo(OTHER_LEARNER, { name: 'Pat' }));
    await log.append(assignedTo(LEARNER, { name: 'Kit' }, 'south'));
    expect(await learners('careers', { adviser: 'Kit' })).toEqual([LEARNER, OTHER_LEARNER]);
  });

  it('holds no word of theirs, and none of a key worker', async () => {
    await log.append(
      assignedTo(LEARNER, { name: 'Samantha', staffId: 'staff-1', office: 'Bilston' }),
      assigned(THIRD, 'forge', 'key-worker'),
    );
    await shown.catchUp();
    const { rows } = await shown.views.rows(caseloadView, called, { order: 'learner', limit: 10 });
    expect(rows).toHaveLength(3);
    expect(JSON.stringify(rows)).not.toMatch(/Samantha|staff-1|Bilston|forge/);
  });

  it('what is taken back leaves nobody out, and calls nobody anything', async () => {
    const back = (learner: string, names: number): Written =>
      log.contribution('record.retracted', { learner, actor: 'careers', category: 'adviser', header: { notes: { names } } });
    await log.append(assignedTo(LEARNER, { name: 'Sam' }), assignedTo(OTHER_LEARNER, { name: 'Pat' }));
    await log.append(told('learner.adviser-ended', LEARNER, { role: 'personal-adviser', on: '2026-02-01' }));
    expect([await learners('careers', { state: 'current' }), await learners('careers')]).toEqual([
      [OTHER_LEARNER],
      [LEARNER, OTHER_LEARNER],
    ]);
    await log.append(back(LEARNER, 1), back(OTHER_LEARNER, 0));
    expect([await learners('careers', { state: 'current' }), await learners('careers', { adviser: 'Pat' })]).toEqual([
      [LEARNER],
      [LEARNER],
    ]);
  });

  it.each([undefined, 'adviser'])('nobody who was erased (category: %s)', async (category) => {
    await log.append(assigned(LEARNER), assigned(OTHER_LEARNER));
    await log.erase(LEARNER, category);
    expect([await learners('careers'), await learners('careers', { adviser: 'x' })]).toEqual([[OTHER_LEARNER], [OTHER_LEARNER]]);
  });
});
