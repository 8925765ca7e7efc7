// Identifiers of one agency that contradict one another in two ways: each is noted, and the data manager is told of both (ADR 77).
import { DATA_QUALITY, LINK_CONFLICT_FOUND, type LinkConflictFound, readClear } from '#learner-file';
import { fixedClock } from '#kernel';
import { MORNING } from './told.ts';
import { registration, Town, ulnOf } from './town.ts';

let town: Town;
beforeAll(async () => {
  town = await Town.open({ clock: fixedClock(MORNING) });
});
afterAll(() => town.close());

const noted = async (): Promise<readonly LinkConflictFound[]> => {
  const events = await town.node.store.readStream(DATA_QUALITY);
  return events.filter(({ type }) => type === LINK_CONFLICT_FOUND).map(({ payload }) => readClear<LinkConflictFound>(payload));
};

it('of a second number and of plainly another person each is noted once, however often it is sent', async () => {
  await town.tell('st-chads', registration(ulnOf(1), 's-1'));
  const { body } = await town.passport('st-chads', 'plan-learning', 'local:s-1');
  const learner = town.node.pseudonyms.resolve('st-chads', body.learner ?? '');
  const another = { givenName: 'Ben', familyName: 'Newby', dateOfBirth: '2010-09-30' };
  const conflicting = [registration(ulnOf(2), 's-1'), registration(ulnOf(3), 's-1', another), registration(ulnOf(4), 's-1')];
  for (const event of [...conflicting, ...conflicting])
    expect((await town.send('st-chads', event)).map(({ problem }) => [problem?.code, problem?.identifier])).toEqual([
      ['link-conflict', expect.stringMatching(/^(?:uln|localId)$/)],
    ]);
  expect((await noted()).map(({ learners, agency, identifier }) => [learners, agency, identifier])).toEqual([
    [[learner], 'st-chads', 'uln'],
    [[learner], 'st-chads', 'localId'],
  ]);
});
