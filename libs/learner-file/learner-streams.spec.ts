import type { Contribution } from '#contribution';
import { connexions, otherConnexions, otherProvider, person, provider, school, ULN, yot } from '#contribution/fixtures';
import type { EventStore } from '#event-store';
import { shippedCatalogue } from '#catalogue';
import { after, noted, referral, registered, registeredAnywhere, started } from '#learners/fixtures';
import { rootKeyOf } from '#privacy';
import { MemoryVault } from '#privacy/memory';
import { Draft } from '#unit-of-work';
import { fileAfter, register } from './fixtures/index.ts';
import { LearnerStreams } from './learner-streams.ts';
import { learnerStream, LINK_ADVISERS } from './stored-events.ts';
import { whomItMeans } from './whom-it-means.ts';

interface Known {
  readonly story: readonly Contribution[];
  /** Who registered the learner with the number, in the order of the learners. */
  readonly by: readonly string[];
}

const vault = new MemoryVault({ rootKey: rootKeyOf(Buffer.alloc(32, 7)) });

/** Whom an agency means by the number, where these learners were registered with it, in this order. */
const meant = (agency: string, learners: Readonly<Record<string, Known>>, subject = `uln:${ULN}`): string | undefined => {
  const streams = new LearnerStreams({ store: {} as EventStore, vault, catalogue: shippedCatalogue(), learners: 10 });
  const links = Object.entries(learners).flatMap(([learner, { by }]) => by.map((one) => ({ learner, agency: one })));
  for (const [id, { story }] of Object.entries(learners))
    streams.files.put(learnerStream(id), { state: fileAfter(story, id), revision: story.length - 1 });
  streams.identifiers.put(streams.streamOf({ uln: ULN }), { state: links, revision: links.length - 1 });
  streams.identifiers.put(streams.streamOf({ agency, localId: 'l-9' }), { state: [], revision: -1 });
  streams.linkAdvisers.put(LINK_ADVISERS, { state: new Map(), revision: -1 });
  return whomItMeans({ draft: new Draft(), streams, register, at: after(1).at }, agency, subject);
};

const MADE_UP = { givenName: 'Zoe', familyName: 'Byrne', dateOfBirth: '2010-10-10' };

/** The learner, registered by a school in the area of connexions-north; and one whom a stranger made up with the same number. */
const real: Known = { story: [registered(school, { localId: 's-1' }), noted(school)], by: [school.slug] };
const madeUp = (...more: readonly Contribution[]): Known => ({
  story: [registered(otherConnexions, { ...person, ...MADE_UP }), ...more],
  by: [otherConnexions.slug],
});

describe('whom an agency means by a number', () => {
  it('is nobody where nobody was registered, and the one where there is one', () => {
    expect(meant(school.slug, {})).toBeUndefined();
    expect(meant(provider.slug, { real })).toBe('real');
    expect(meant(school.slug, { real }, 'local:l-9')).toBeUndefined();
    expect(meant(school.slug, { real }, 'name:Chloe')).toBeUndefined();
  });

  it('is the learner whom it registered itself, whoever else has the number', () => {
    expect(meant(school.slug, { madeUp: madeUp(referral(school, otherConnexions)), real })).toBe('real');
    expect(meant(otherConnexions.slug, { real, madeUp: madeUp() })).toBe('madeUp');
  });

  it('is the one with whom it has to do, where it has with one', () => {
    const referred = { ...real, story: [...real.story, referral(provider, school)] };
    expect(meant(provider.slug, { madeUp: madeUp(), real: referred })).toBe('real');
    expect(meant(provider.slug, { real, madeUp: madeUp(referral(provider, otherConnexions)) })).toBe('madeUp');
  });

  it('is the one that it contributed about, before any in which others named it', () => {
    const contributed = { ...real, story: [...real.story, referral(provider, school), started(provider)] };
    expect(
      meant(provider.slug, {
        madeUp: madeUp(referral(provider, otherConnexions), referral(otherProvider, otherConnexions, { id: 'r-2' }), noted(otherProvider)),
        real: contributed,
      }),
    ).toBe('real');
  });

  it('is not the made-up one because a stranger named the agency there, though it is only of the area here', () => {
    expect(meant(connexions.slug, { real, madeUp: madeUp(referral(connexions, otherConnexions)) })).toBe('real');
  });

  it('is rather the one with whom more agencies stand', () => {
    const lively = { ...real, story: [...real.story, referral(provider, school), referral(yot, school, { id: 'r-2' }), noted(yot)] };
    expect(meant(provider.slug, { madeUp: madeUp(referral(provider, otherConnexions)), real: lively })).toBe('real');
    expect(meant(connexions.slug, { madeUp: madeUp(referral(connexions, otherConnexions)), real: lively })).toBe('real');
  });

  it('is the first of the number where it has to do with none of them', () => {
    expect(meant(yot.slug, { real, madeUp: { story: [registeredAnywhere(otherProvider, {})], by: [otherProvider.slug] } })).toBe('real');
  });
});
