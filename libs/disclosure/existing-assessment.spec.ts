// What a receipt tells of an assessment that exists already: a look of the sender's, decided and recorded with what is told.
import { randomUUID } from 'node:crypto';
import { openSealed } from '#privacy/opening';
import { assessment, connexions, consent, otherProvider, person, provider, told } from '#contribution/fixtures';
import { disclosureStream, learnerStream, LINK_ADVISERS, type LearnerFile } from '#learner-file';
import { Draft } from '#unit-of-work';
import type { AgencySlug, LearnerId } from '#kernel';
import { londonDate } from '#kernel';
import { DISCLOSURE_DECIDED, type DisclosureDecided } from './decision-record.ts';
import { discloseExisting } from './existing-assessment.ts';
import { GateTown } from './fixtures/index.ts';
import { replayDecision } from './replay.ts';

let town: GateTown;
let ann: LearnerId;
beforeEach(async () => {
  town = await GateTown.open();
  ann = await town.tell([
    told(connexions, 'learner.registered', person),
    told(connexions, 'referral.made', { referralId: 'r-1', to: provider.slug, route: 'connexions' }),
    told(connexions, 'assessment.recorded', assessment({ assessmentId: 'a-1' })),
  ]);
});
afterEach(() => town.close());

/** As admission asks while it judges. */
const tell = async (slug: AgencySlug): Promise<{ readonly mayRead: boolean } | undefined> => {
  const { streams, writer, registers, clock } = town.parts;
  const judge = () => {
    const draft = new Draft();
    const at = clock.now();
    const inForce = registers.inForce(londonDate(at));
    const agency = inForce.agency(slug);
    if (!agency) throw new Error(`${slug} is not of this town.`);
    const { state: file, revision }: { state: LearnerFile; revision: number } = draft.get(streams.files, learnerStream(ann));
    const context = { agency, file, revision, inForce, linkAdvisers: draft.get(streams.linkAdvisers, LINK_ADVISERS).state, at };
    const answer = discloseExisting({ draft, streams, id: randomUUID(), correlation: 'c', context, existing: 2 });
    return { draft, answer };
  };
  return (await writer.write({ look: () => [], judge })).judged.answer;
};
const lastDecision = async (): Promise<DisclosureDecided> => {
  const stored = (await town.recorded(disclosureStream(ann))).findLast(({ type }) => type === DISCLOSURE_DECIDED);
  const plain = stored && openSealed(town.vault, { owner: learnerStream(ann), category: 'disclosure' }, stored, stored.payload);
  return JSON.parse(Buffer.from(plain ?? []).toString()) as DisclosureDecided;
};

describe('of an assessment that exists', () => {
  it.each<readonly [string, AgencySlug, { readonly mayRead: boolean } | undefined, DisclosureDecided['outcome']]>([
    ['its own source may read all', connexions.slug, { mayRead: true }, 'answered'],
    ['whom a clause shows that it exists may know that', provider.slug, { mayRead: false }, 'answered'],
    ['who has nothing to do with the learner is told nothing', otherProvider.slug, undefined, 'not-known'],
  ])('%s, and that is recorded and comes out the same again', async (_, slug, expected, outcome) => {
    expect(await tell(slug)).toEqual(expected);
    const decided = await lastDecision();
    expect(decided).toMatchObject({ recipient: slug, purposes: 'any', asked: 'existing:2', outcome });
    const { permitted, refused } = decided;
    expect(await replayDecision(town, ann, decided)).toEqual({ outcome, permitted, refused });
  });

  it('may be read once the learner consents', async () => {
    await town.tell([told(connexions, 'consent.given', consent('k-1'))], ann);
    expect(await tell(provider.slug)).toEqual({ mayRead: true });
    expect((await lastDecision()).permitted).toMatchObject([{ clause: 'e2e-passport@1#EP3', items: [2] }]);
  });
});
