// Looks at what the broker keeps beside the learners' records: who may ask what, recorded before anything is told, and the same again.
import { jest } from '@jest/globals';
import type { Asker, OfficeAsker } from '#access';
import { connexions, consent, council, otherProvider, person, programme, provider, told } from '#contribution/fixtures';
import { EventStoreError } from '#event-store';
import type { LearnerId } from '#kernel';
import { disclosureStream, learnerStream } from '#learner-file';
import { GateTown } from '../fixtures/index.ts';
import { LOOK_DECIDED, type LookDecided, type LookName, looksOf, openLook, replayLook } from './index.ts';

let town: GateTown;
beforeEach(async () => {
  town = await GateTown.open();
});
afterEach(() => town.close());

const registered = (): Promise<LearnerId> =>
  town.tell([
    told(connexions, 'learner.registered', person),
    told(connexions, 'referral.made', { referralId: 'r-1', to: provider.slug, route: 'connexions' }),
    told(provider, 'programme.started', programme('p-1')),
    told(connexions, 'consent.given', consent('k-1')),
  ]);

const looksIn = async (stream: string): Promise<readonly (LookDecided | undefined)[]> => {
  const looks = (await town.recorded(stream)).filter(({ type }) => type === LOOK_DECIDED);
  return Promise.all(looks.map((event) => town.opened(openLook, event)));
};
const lookAs = (asker: Asker, asked: LookName, about?: LearnerId) =>
  town.gate.look({ asker, asked, parameters: { limit: 50 }, ...(about === undefined ? {} : { about }) }, () => 'told');
const operator: OfficeAsker = { office: 'operator', staff: 'olu' };

describe('a look', () => {
  it.each<readonly [string, Asker, LookName, string]>([
    ['who saw what, by the operator', operator, 'disclosures', 'Art 28(3), 32'],
    ['what was refused, by the operator', operator, 'quarantine-content', 'Art 28(3), 32'],
    ['why an agency may see something, by the operator', operator, 'explanation', 'Art 28(3), 32'],
    ['who saw what, by the partnership’s officer', { office: 'dpo-partnership' }, 'disclosures', '6(1)(c)'],
    ['who saw what, by an agency’s officer', { office: `dpo-of:${council.slug}` }, 'disclosures', '6(1)(c)'],
  ])('at %s is told, with its ground, and comes out the same again', async (_, asker, asked, basis) => {
    const answer = await lookAs(asker, asked);
    expect(answer).toEqual({ outcome: 'answered', told: 'told', position: await town.store.head() });
    const recipient = `operator:${'office' in asker ? asker.office : ''}`;
    const [look] = await looksIn(looksOf(recipient));
    expect(look).toMatchObject({ recipient, asked, parameters: { limit: 50 }, outcome: 'answered', ground: { basis } });
    expect(await replayLook(town, look as LookDecided)).toEqual({ outcome: 'answered', ground: look?.ground });
  });

  it.each<readonly [string, Asker, LookName]>([
    ['who saw what, by an agency', { agency: connexions.slug }, 'disclosures'],
    ['who saw what, by the data manager', { office: 'data-manager' }, 'disclosures'],
    ['what was refused, by an officer', { office: 'dpo-partnership' }, 'quarantine-content'],
    ['why an agency may see something, by that agency', { agency: connexions.slug }, 'explanation'],
    ['who saw what, by the officer of nobody', { office: 'dpo-of:stranger' }, 'disclosures'],
  ])('at %s is refused, and recorded', async (_, asker, asked) => {
    const tell = jest.fn<() => string>();
    expect(await town.gate.look({ asker, asked, parameters: {} }, tell)).toEqual({
      outcome: 'not-permitted',
      position: await town.store.head(),
    });
    expect(tell).not.toHaveBeenCalled();
    const recipient = 'agency' in asker ? asker.agency : `operator:${'office' in asker ? asker.office : ''}`;
    expect(await looksIn(looksOf(recipient))).toMatchObject([{ asked, outcome: 'not-permitted' }]);
  });

  it('about one learner stands in that learner’s stream, and goes with the learner', async () => {
    const ann = await registered();
    await lookAs(operator, 'disclosures', ann);
    expect(await looksIn(disclosureStream(ann))).toMatchObject([{ recipient: 'operator:operator', staff: 'olu' }]);
    await town.vault.destroy(learnerStream(ann));
    expect(await looksIn(disclosureStream(ann))).toEqual([undefined]);
  });

  it('at who saw them is a learner’s own, and nobody else’s', async () => {
    const [ann, bea] = [await registered(), await registered()];
    expect(await lookAs({ learner: ann }, 'disclosures', ann)).toMatchObject({ outcome: 'answered' });
    expect(await lookAs({ learner: ann }, 'disclosures', bea)).toMatchObject({ outcome: 'not-permitted' });
    expect(await lookAs({ learner: ann }, 'disclosures')).toMatchObject({ outcome: 'not-permitted' });
    const [look] = await looksIn(disclosureStream(ann));
    expect(look?.ground).toEqual({ clause: 'own-record@1#OR2', basis: '6(1)(c)' });
    expect(await replayLook(town, look as LookDecided, ann)).toEqual({ outcome: 'answered', ground: look?.ground });
  });

  it('rests on the protocols as they are on disk', async () => {
    const { protocols } = await town.beside();
    await protocols.suspend({ protocol: 'oversight', version: 1, reason: 'a review' });
    expect(await lookAs({ office: 'dpo-partnership' }, 'disclosures')).toMatchObject({ outcome: 'not-permitted' });
    expect(await lookAs(operator, 'disclosures')).toMatchObject({ outcome: 'answered' });
  });

  it('tells nothing where it cannot be recorded', async () => {
    town.store.append = () => Promise.reject(new EventStoreError('unavailable', 'The disk is full.'));
    const tell = jest.fn<() => string>();
    await expect(town.gate.look({ asker: operator, asked: 'disclosures', parameters: {} }, tell)).rejects.toMatchObject({
      code: 'unavailable',
    });
    expect(tell).not.toHaveBeenCalled();
  });
});

describe('an explanation', () => {
  it('tells why an agency may see each item, nothing of what they say, and stands with the learner', async () => {
    const ann = await registered();
    const inquiry = { asker: operator, learner: ann, agency: provider.slug, purposes: ['deliver-programme'], route: 'learner' } as const;
    const answer = await town.gate.explain(inquiry);
    const explanation = answer.outcome === 'answered' ? answer.told : undefined;
    expect(explanation?.relationships).toContain('enrolled-with');
    expect(explanation?.items.map(({ type, permitted }) => [type, permitted])).toContainEqual(['programme.started', true]);
    expect(JSON.stringify(explanation)).not.toContain(person.familyName);
    expect(await looksIn(disclosureStream(ann))).toMatchObject([
      { asked: 'explanation', parameters: { agency: provider.slug, route: 'learner' } },
    ]);
  });

  it('is refused to whoever is no operator', async () => {
    const ann = await registered();
    const inquiry = { asker: { agency: connexions.slug }, learner: ann, agency: provider.slug, purposes: [], route: 'learner' } as const;
    expect(await town.gate.explain(inquiry)).toEqual({ outcome: 'not-permitted', position: await town.store.head() });
  });
});

describe('notices', () => {
  const noticed = async (): Promise<LearnerId> => {
    const ann = await registered();
    await town.issue(ann, {
      noticeId: '5b2c1a70-0d8e-4a4e-9d43-3f2a3c9f1a11',
      recipient: provider.slug,
      reason: 'withdrawal',
      items: [-1],
    });
    return ann;
  };

  it('that an agency has not answered are told to it, recorded first', async () => {
    const ann = await noticed();
    const open = await town.gate.notices({ asker: { agency: provider.slug, staff: 'pat' }, learners: [ann], limit: 10 });
    expect(open).toMatchObject([
      { learner: town.pseudonyms.of(provider.slug, ann), items: ['identity'], notice: { reason: 'withdrawal' } },
    ]);
    const [look] = await looksIn(looksOf(provider.slug));
    expect(look).toMatchObject({
      asked: 'notices',
      staff: 'pat',
      parameters: { notices: [open[0]?.notice.noticeId] },
      ground: { basis: 'Art 19' },
    });
    expect(await replayLook(town, look as LookDecided)).toEqual({ outcome: 'answered', ground: look?.ground });
  });

  it('are told to nobody else, and where there is none nothing is recorded', async () => {
    const ann = await noticed();
    const head = await town.store.head();
    expect(await town.gate.notices({ asker: { agency: otherProvider.slug }, learners: [ann], limit: 10 })).toEqual([]);
    expect(await town.store.head()).toBe(head);
  });

  it('are not told to an agency that another process suspended', async () => {
    const ann = await noticed();
    const { agencies } = await town.beside();
    await agencies.suspend(provider.slug, 'an inquiry');
    expect(await town.gate.notices({ asker: { agency: provider.slug }, learners: [ann], limit: 10 })).toEqual([]);
  });
});
