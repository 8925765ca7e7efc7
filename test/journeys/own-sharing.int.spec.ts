// A learner answers who asks, stops what was agreed to, and sees that it stopped (console.md, J14 and J18; ADR 54).
import { until } from '../until.ts';
import { outcomes, OwnTown, PAGE, type Row, ULN } from './own-town.ts';
import { noticesAbout } from './notices-told.ts';
import { about, confirmed } from './told.ts';
import { consent, registration } from './town.ts';

let page: OwnTown;
beforeAll(async () => {
  page = await OwnTown.open();
});
afterAll(() => page.close());

const READ = ['uk.concordat.assessment.recorded.v1', 'full'];

describe('somebody asks to be agreed with', () => {
  const scope = { protocol: 'e2e-passport', purposes: ['plan-learning'], categories: ['review'], recipients: ['provider'] };

  it('waits for the learner, who answers, and is told so', async () => {
    await page.town.tell('careers', about(ULN, 'consent.requested', { ...scope, until: '2026-10-31' }));
    expect(await page.rows('sharing', 'requests')).toMatchObject([{ source: 'careers', ...scope, until: '2026-10-31', state: 'waiting' }]);
    const agreed = consent(ULN, 'k-2', { ...scope, evidence: 'sign-in 7' });
    expect(outcomes(await page.act(page.ann, page.own(page.ann, agreed)))).toEqual(['accepted']);
    expect(await page.rows('sharing', 'requests')).toMatchObject([{ state: 'answered' }]);
    expect(await page.rows('sharing', 'consents')).toMatchObject([
      { consentId: 'k-2', source: PAGE, status: 'given', counts: true },
      { consentId: 'k-1', source: 'careers', status: 'given', counts: true },
    ]);
  });

  it('is nobody whom nobody vouched for', async () => {
    await page.town.tell('stranger', registration(ULN, 's-1'), about(ULN, 'consent.requested', { ...scope, until: '2026-10-31' }));
    expect((await page.rows('sharing', 'requests')).map(({ source }) => source)).toEqual(['careers']);
    await page.act(page.ann, page.own(page.ann, confirmed(ULN, 'stranger')));
    expect((await page.rows('sharing', 'requests')).map(({ source }) => source)).toContain('stranger');
  });
});

describe('what goes on without consent', () => {
  it('is told by agency, what for, on which ground, and whether one may object', async () => {
    const goesOn = await page.rows('sharing', 'goesOn');
    expect(goesOn).toContainEqual(
      expect.objectContaining({ agency: 'forge', clause: 'e2e-passport@1#EP1', basis: '6(1)(e)', objectable: true }),
    );
    expect(goesOn.find(({ clause }) => clause === 'early-leaving@1#EL3')).toMatchObject({ basis: '6(1)(c)', objectable: false });
    expect(goesOn.map(({ clause }) => clause)).not.toContain('e2e-passport@1#EP3');
    expect(goesOn.map(({ agency }) => agency)).not.toContain('anvil');
  });
});

describe('to stop', () => {
  it('refuses the next request, deletes from the feed, asks for an answer, and tells the learner all three within two seconds', async () => {
    await page.feeds.caughtUp();
    expect(await page.feeds.lines('forge', page.ann)).toContain('assessment.recorded by EP3');
    const began = performance.now();
    const stop = about(ULN, 'consent.withdrawn', { consentId: 'k-1', by: 'learner', of: 'careers' });
    expect(outcomes(await page.act(page.ann, page.own(page.ann, stop)))).toEqual(['accepted']);
    expect(await page.passportBy('forge')).not.toContainEqual(READ);
    const stopped = async (): Promise<Row | undefined> => {
      const consents = await page.rows('sharing', 'consents');
      const { stopped: recipients = [] } = consents.find(({ consentId }) => consentId === 'k-1') as { stopped?: readonly Row[] };
      return recipients.find(({ agency }) => agency === 'forge');
    };
    await until(async () => {
      const row = await stopped();
      return row?.['feed'] === 'told-to-delete' && row['notice'] !== null;
    });
    expect(performance.now() - began).toBeLessThan(2000);
    expect(await stopped()).toEqual({
      agency: 'forge',
      seen: expect.any(Number),
      lastSeenOn: '2026-10-01',
      refused: 1,
      lastRefusedOn: '2026-10-01',
      shownSince: 0,
      knowsSince: true,
      feed: 'told-to-delete',
      toldToDeleteOn: '2026-10-01',
      notice: { issuedOn: '2026-10-01', due: expect.any(String), answeredOn: null, action: null },
    });
    await page.feeds.caughtUp();
    expect(await page.feeds.lines('forge', page.ann)).not.toContain('assessment.recorded by EP3');
    expect(await page.feeds.lines('forge', page.ben)).toContain('assessment.recorded by EP3');
  });

  it('shows the answer to the notice', async () => {
    const [told] = await noticesAbout(page.town, page.ann, 1);
    const noticeId = told?.notice.noticeId ?? '';
    await page.town.tell('forge', about(ULN, 'notice.acknowledged', { noticeId, on: '2026-10-02', action: 'deleted' }));
    const [row] = (await page.rows('sharing', 'consents')).filter(({ consentId }) => consentId === 'k-1') as { stopped: readonly Row[] }[];
    expect(row?.stopped).toMatchObject([{ notice: { answeredOn: '2026-10-02', action: 'deleted' } }]);
  });

  it('shares less in one act, or not at all', async () => {
    const narrower = consent(ULN, 'k-3', {
      recipients: ['forge'],
      purposes: ['plan-learning'],
      categories: ['review'],
      evidence: 'sign-in 7',
    });
    const former = about(ULN, 'consent.withdrawn', { consentId: 'k-2', by: 'learner' });
    const wrong = about(ULN, 'consent.withdrawn', { consentId: 'k-none', by: 'learner' });
    expect(outcomes(await page.act(page.ann, page.own(page.ann, narrower), page.own(page.ann, wrong)))).toEqual([
      'unknown-reference',
      'unknown-reference',
    ]);
    const head = await page.town.node.store.head();
    expect(outcomes(await page.act(page.ann, page.own(page.ann, narrower), page.own(page.ann, former)))).toEqual(['accepted', 'accepted']);
    // Feeds decide by themselves, before or after both, never between.
    const types = (await page.town.node.store.readAll({ after: head, limit: 20 })).map(({ type }) => type);
    const given = types.indexOf('uk.concordat.consent.given.v1');
    expect(types.slice(given, given + 2)).toEqual(['uk.concordat.consent.given.v1', 'uk.concordat.consent.withdrawn.v1']);
    expect((await page.rows('sharing', 'consents')).map(({ consentId, status }) => [consentId, status])).toEqual([
      ['k-3', 'given'],
      ['k-2', 'withdrawn'],
      ['k-1', 'withdrawn'],
    ]);
  });
});
