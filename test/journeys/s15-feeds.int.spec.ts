// What a merge does to feeds (views.md, S15): the record that rests is taken from them, and what may be seen comes under the other.
import { decideMatch, unmerge } from '#admission';
import { fixedClock } from '#kernel';
import { matchId, waitingId } from '#learner-file';
import { FeedTown } from './feed-town.ts';
import { learnerIdOf } from './recorded-decisions.ts';
import { registration, ulnOf } from './town.ts';
import { adviser, MORNING, programme, referral } from './told.ts';

const uln = ulnOf(1);
const JON = 'local:f-1';
const BORN = { dateOfBirth: '2010-02-03', postcode: 'WV1 1AA', familyName: 'Smyth' };
let feeds: FeedTown;
beforeAll(async () => {
  feeds = await FeedTown.open({ clock: fixedClock(MORNING), following: true }, ['careers', 'forge']);
});
afterAll(() => feeds.close());

/** Pseudonyms under which each programme stands on an agency's feed. */
const programmesOf = async (agency: string): Promise<readonly (readonly [unknown, string])[]> => {
  await feeds.caughtUp();
  return [...(await feeds.read(agency)).values()]
    .filter(({ type }) => type.includes('programme.started'))
    .map(({ data, subject }) => [(data as { readonly programmeId: string }).programmeId, subject ?? ''] as const);
};

describe('a feed', () => {
  it('has what one may see of a merged record under the one who goes on, and as before once it is un-merged', async () => {
    const { town } = feeds;
    await town.tell('careers', registration(uln, 'c-1', { ...BORN, givenName: 'John' }), adviser(uln));
    await town.tell('forge', { type: 'learner.registered', subject: JON, data: { localId: 'f-1', givenName: 'Jon', ...BORN } });
    await town.tell('forge', { ...programme(uln, 'p-1'), subject: JON });
    const [john, jon] = [await learnerIdOf(town, 'careers', `uln:${uln}`), await learnerIdOf(town, 'forge', JON)];
    const { pseudonyms } = town.node;
    const names = { john: pseudonyms.of('forge', john), jon: pseudonyms.of('forge', jon) };
    // Of whoever lives in its area it is told that there is a programme.
    const before = [[undefined, pseudonyms.of('careers', jon)]];
    expect(await programmesOf('forge')).toEqual([['p-1', names.jon]]);
    expect(await programmesOf('careers')).toEqual(before);

    const match = matchId('possible-match', [john, jon]);
    await decideMatch(town.node, { match, outcome: 'same', reason: 'The certificate of birth.' });
    await town.tell('careers', referral(uln, 'forge'));
    expect(await programmesOf('forge')).toEqual([['p-1', names.john]]);
    expect(await programmesOf('careers')).toEqual([['p-1', pseudonyms.of('careers', john)]]);

    await unmerge(town.node, { match, reason: 'Twins.' });
    expect(await programmesOf('forge')).toEqual([['p-1', names.jon]]);
    expect(await programmesOf('careers')).toEqual(before);
  });

  it('has what was told of the number alone while they were one, once it is said to be of that learner, and no longer once that is taken back', async () => {
    const { town } = feeds;
    const [john, jon] = [await learnerIdOf(town, 'careers', `uln:${uln}`), await learnerIdOf(town, 'forge', JON)];
    const match = matchId('possible-match', [john, jon]);
    await town.tell('careers', referral(uln, 'wulfrun'));
    await town.tell('wulfrun', registration(uln, 'w-1', { ...BORN, givenName: 'John' }));
    await decideMatch(town.node, { match, outcome: 'same', reason: 'The certificate of birth.' });
    await town.tell('wulfrun', programme(uln, 'p-2'));
    const ofJohn = ['p-2', town.node.pseudonyms.of('careers', john)];
    expect(await programmesOf('careers')).toContainEqual(ofJohn);
    await unmerge(town.node, { match, reason: 'Twins.' });
    const waits = await programmesOf('careers');
    expect(waits).not.toContainEqual(ofJohn);
    const events = await town.node.store.readStream(`learner-${john}`);
    const at = events.findLast(({ type }) => type === 'uk.concordat.programme.started.v1')?.revision ?? 0;
    const told = { match: waitingId({ learner: john, revision: at }), reason: 'The college showed us the enrolment.' };
    await decideMatch(town.node, { ...told, outcome: 'same' });
    expect(await programmesOf('careers')).toContainEqual(ofJohn);
    await decideMatch(town.node, { ...told, outcome: 'deferred' });
    expect(await programmesOf('careers')).toEqual(waits);
  });
});
