// What a recorded decision says of who gave what: of what left by it, and of nobody's own.
import { assessment, connexions, consent, otherProvider, person, programme, provider, told, yot } from '#contribution/fixtures';
import type { LearnerId } from '#kernel';
import { disclosureStream } from '#learner-file';
import { DISCLOSURE_DECIDED, type Given } from './decision-record.ts';
import { openDecision } from './disclosure-log.ts';
import { GateTown } from './fixtures/index.ts';

let town: GateTown;
let ann: LearnerId;
beforeEach(async () => {
  town = await GateTown.open();
  ann = await town.tell([
    told(connexions, 'learner.registered', person),
    told(connexions, 'referral.made', { referralId: 'r-1', to: provider.slug, route: 'connexions' }),
    told(connexions, 'consent.given', consent('k-1')),
    told(connexions, 'assessment.recorded', assessment({ assessmentId: 'a-1' })),
    told(yot, 'assessment.recorded', assessment({ assessmentId: 'a-2', framework: 'apir' })),
    told(provider, 'learner.registered', { ...person, localId: 'f-1' }),
    told(provider, 'programme.started', programme('p-1')),
  ]);
});
afterEach(() => town.close());

const lastGiven = async (): Promise<readonly Given[] | undefined> => {
  const decisions = (await town.recorded(disclosureStream(ann))).filter(({ type }) => type === DISCLOSURE_DECIDED);
  return (await town.opened(openDecision, decisions.at(-1)))?.given;
};
const ask = async (agency: string, purposes: readonly string[] = ['plan-learning']): Promise<void> => {
  const ref = town.pseudonyms.of(agency, ann);
  await town.gate.ask({ asker: { agency }, ref, purposes, asked: 'passport', page: { after: 0, limit: 50 } });
};

it('names each source, kind and basis once, and whether it relied on a consent; nothing of the recipient’s own, nor of what was refused', async () => {
  await ask(provider.slug);
  const given = await lastGiven();
  expect(given).toContainEqual([connexions.slug, 'assessment', '6(1)(e)', 'consent']);
  const sources = new Set(given?.map(([source]) => source));
  expect(sources.has(yot.slug)).toBe(false);
  expect(given?.filter(([source, category]) => source === provider.slug && category !== 'identity')).toEqual([]);
  expect(new Set(given?.map((one) => one.join())).size).toBe(given?.length);
});

it('takes the merged identity for everybody’s who stated some of it', async () => {
  await ask(provider.slug, ['deliver-programme']);
  const stated = (await lastGiven())?.filter(([, category]) => category === 'identity').map(([source]) => source);
  expect(stated?.toSorted()).toEqual([connexions.slug, provider.slug].toSorted());
});

it('is of nothing where nothing was let through', async () => {
  await ask(otherProvider.slug);
  expect(await lastGiven()).toBeUndefined();
});
