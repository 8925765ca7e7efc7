// What a receipt tells of an assessment that exists already: a look of the sender's, decided and recorded with what is told.
import { randomUUID } from 'node:crypto';
import { assessment, connexions, consent, otherProvider, person, provider, told } from '#contribution/fixtures';
import { disclosureStream, learnerStream } from '#learner-file';
import { Draft } from '#unit-of-work';
import { type AgencySlug, type LearnerId, londonDate } from '#kernel';
import { DISCLOSURE_DECIDED, type DisclosureDecided } from './decision-record.ts';
import { openDecision } from './disclosure-log.ts';
import type { ExistingVisibility } from './questions.ts';
import { GateTown } from './fixtures/index.ts';
import { replay } from './replay.ts';

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
const tell = async (slug: AgencySlug): Promise<ExistingVisibility> => {
  const { writer, registers, clock } = town.parts;
  const inquiry = { asker: { agency: slug }, learner: ann, decision: randomUUID(), existing: 2 };
  const judge = () => {
    const at = clock.now();
    const moment = { draft: new Draft(), inForce: registers.inForce(londonDate(at)), at, correlation: 'c' };
    return { draft: moment.draft, answer: town.gate.existing(inquiry, moment) };
  };
  return (await writer.write({ look: () => [], judge })).judged.answer;
};
const lastRecorded = async () => {
  const event = (await town.recorded(disclosureStream(ann))).findLast(({ type }) => type === DISCLOSURE_DECIDED);
  if (event === undefined) throw new Error('Nothing was recorded.');
  return event;
};

describe('of an assessment that exists', () => {
  it.each<readonly [string, AgencySlug, ExistingVisibility, DisclosureDecided['outcome']]>([
    ['its own source may read all', connexions.slug, { mayKnow: true, mayRead: true }, 'answered'],
    ['whom a clause shows that it exists may know that', provider.slug, { mayKnow: true, mayRead: false }, 'answered'],
    ['who has nothing to do with the learner is told nothing', otherProvider.slug, { mayKnow: false, mayRead: false }, 'not-known'],
  ])('%s, and that is recorded and comes out the same again', async (_, slug, expected, outcome) => {
    expect(await tell(slug)).toEqual(expected);
    const event = await lastRecorded();
    expect(await town.opened(openDecision, event)).toMatchObject({ recipient: slug, purposes: 'any', asked: 'existing:2', outcome });
    const again = await replay(town, event);
    expect(again?.again).toEqual(again?.recorded);
  });

  it('is not told on a file that another process moved on meanwhile', async () => {
    await town.tell([told(connexions, 'consent.given', consent('k-1'))], ann);
    expect(await tell(provider.slug)).toMatchObject({ mayRead: true });
    const held = town.parts.streams.files.peek(learnerStream(ann));
    await town.tell([told(connexions, 'consent.withdrawn', { consentId: 'k-1', by: 'learner' })], ann);
    if (held) town.parts.streams.files.put(learnerStream(ann), held);
    expect(await tell(provider.slug)).toMatchObject({ mayRead: false });
  });

  it('may be read once the learner consents', async () => {
    await town.tell([told(connexions, 'consent.given', consent('k-1'))], ann);
    expect(await tell(provider.slug)).toEqual({ mayKnow: true, mayRead: true });
    expect((await town.opened(openDecision, await lastRecorded()))?.permitted).toMatchObject([
      { clause: 'e2e-passport@1#EP3', items: [2] },
    ]);
  });
});
