// Consent, objections and restrictions (sharing-matrix.md): what each lets through and what not, from its first day to its last.
import { fixedClock } from '#kernel';
import { assessment, consent, registration, Town, ulnOf } from './town.ts';
import { about, adviser, confirmed, leaving, linesOf, MORNING, programme, referral } from './told.ts';

const clock = fixedClock(MORNING);
let town: Town;
beforeAll(async () => {
  town = await Town.open({ clock });
});
afterAll(() => town.close());

let learners = 0;
/** `careers` advises and has assessed; `forge` and `wulfrun` are referred to, and stand. */
const newLearner = async (): Promise<string> => {
  const uln = ulnOf(++learners);
  await town.tell(
    'careers',
    registration(uln, `c-${uln}`),
    adviser(uln),
    referral(uln, 'forge'),
    referral(uln, 'wulfrun'),
    assessment(uln),
  );
  await town.tell('forge', registration(uln, `f-${uln}`));
  return uln;
};

/** The clause under which the agency sees the assessment to plan learning: EP3 with consent, EP4 without. */
const clauseFor = async (agency: string, uln: string): Promise<string> => {
  const lines = linesOf(await town.passport(agency, 'plan-learning', `uln:${uln}`));
  return lines.find((line) => line.startsWith('assessment.recorded'))?.replace(/.* /, '') ?? 'none';
};
const codeOf = async (agency: string, event: Parameters<Town['send']>[1]): Promise<string> => {
  const [receipt] = await town.send(agency, event);
  return receipt?.problem?.code ?? receipt?.outcome ?? '';
};
type Change = 'consent.withdrawn' | 'consent.paused' | 'consent.resumed' | 'consent.renewed';
const change = (uln: string, type: Change, consentId = 'c-1', more: { readonly expires?: string } = {}) =>
  about(uln, type, { consentId, by: 'learner', ...more });
const refused = (uln: string, consentId: string) =>
  ({ ...consent(uln, consentId), type: 'consent.refused' as const }) as ReturnType<typeof consent>;

describe('a consent', () => {
  it('lets through from being given until withdrawn, but for pauses', async () => {
    const uln = await newLearner();
    expect(await clauseFor('forge', uln)).toBe('EP4');
    const steps = [
      [consent(uln, 'c-1'), 'EP3'],
      [change(uln, 'consent.paused'), 'EP4'],
      [change(uln, 'consent.renewed'), 'EP4'],
      [change(uln, 'consent.resumed'), 'EP3'],
      [change(uln, 'consent.withdrawn'), 'EP4'],
    ] as const;
    for (const [event, clause] of steps) {
      await town.tell('careers', event);
      expect(await clauseFor('forge', uln)).toBe(clause);
    }
  });

  it('once withdrawn or refused is so for good; a new one begins anew', async () => {
    const uln = await newLearner();
    await town.tell('careers', consent(uln, 'c-1'), change(uln, 'consent.withdrawn'), refused(uln, 'c-2'));
    for (const consentId of ['c-1', 'c-2']) {
      for (const type of ['consent.resumed', 'consent.renewed', 'consent.paused', 'consent.withdrawn'] as const) {
        expect(await codeOf('careers', change(uln, type, consentId))).toBe('unknown-reference');
      }
      expect(await codeOf('careers', consent(uln, consentId))).toBe('reference-taken');
    }
    expect(await clauseFor('forge', uln)).toBe('EP4');
    await town.tell('careers', consent(uln, 'c-3'));
    expect(await clauseFor('forge', uln)).toBe('EP3');
  });

  it('paused and then withdrawn is not resumed', async () => {
    const uln = await newLearner();
    await town.tell('careers', consent(uln, 'c-1'), change(uln, 'consent.paused'), change(uln, 'consent.withdrawn'));
    expect(await codeOf('careers', change(uln, 'consent.resumed'))).toBe('unknown-reference');
    expect(await clauseFor('forge', uln)).toBe('EP4');
  });

  it('may be withdrawn by another agency that may speak of consent, not by one that has nothing to do with the learner', async () => {
    const uln = await newLearner();
    await town.tell('careers', consent(uln, 'c-1'));
    expect(await codeOf('anvil', change(uln, 'consent.withdrawn'))).toBe('no-such-learner');
    expect(await codeOf('council', change(uln, 'consent.withdrawn'))).toBe('role-not-allowed');
    await town.tell('forge', change(uln, 'consent.withdrawn'));
    expect(await clauseFor('wulfrun', uln)).toBe('EP4');
  });

  it('of two serves while the other is withdrawn', async () => {
    const uln = await newLearner();
    await town.tell('careers', consent(uln, 'c-1'), consent(uln, 'c-2'), change(uln, 'consent.withdrawn'));
    expect(await clauseFor('forge', uln)).toBe('EP3');
  });

  it.each([
    ['another protocol', { protocol: 'youth-justice' }],
    ['another purpose', { purposes: ['support-learner'] }],
    ['another category', { categories: ['apir'] }],
    ['other recipients', { recipients: ['connexions', 'college', 'anvil'] }],
  ])('for %s is none for this', async (_, more) => {
    const uln = await newLearner();
    await town.tell('careers', consent(uln, 'c-1', more));
    expect(await clauseFor('forge', uln)).toBe('EP4');
  });

  it.each([
    ['a category', { categories: ['assessments'] }],
    ['every category', { categories: ['*'] }],
    ['a recipient by a part of its name', { recipients: ['forg'] }],
    ['recipients by a role that there is not', { recipients: ['providers'] }],
    ['a purpose', { purposes: ['curiosity'] }],
    ['a protocol', { protocol: 'e2e' }],
    ['its end before its beginning', { validFrom: '2026-09-02', expires: '2026-09-01' }],
  ])('that names %s wrongly is none at all', async (_, more) => {
    expect(await codeOf('careers', consent(await newLearner(), 'c-1', more))).toBe('schema');
  });

  it('names recipients by role or by slug, and reaches no others', async () => {
    const [byRole, bySlug] = [await newLearner(), await newLearner()];
    await town.tell('careers', consent(byRole, 'c-1', { recipients: ['college'] }), consent(bySlug, 'c-1', { recipients: ['forge'] }));
    expect([await clauseFor('forge', byRole), await clauseFor('wulfrun', byRole)]).toEqual(['EP4', 'EP3']);
    expect([await clauseFor('forge', bySlug), await clauseFor('wulfrun', bySlug)]).toEqual(['EP3', 'EP4']);
  });
});

describe('an objection', () => {
  const objection = { scope: { categories: ['assessment', 'leaving'] }, reason: 'mine' };

  it('suspends the public task in its scope until decided; overridden it lifts, upheld it stays', async () => {
    for (const [outcome, clause] of [
      ['overridden', 'EP4'],
      ['upheld', 'none'],
    ] as const) {
      const uln = await newLearner();
      await town.tell('careers', about(uln, 'objection.raised', objection));
      expect(await clauseFor('forge', uln)).toBe('none');
      await town.tell(
        'careers',
        about(uln, 'objection.decided', { ...objection, outcome, ...(outcome === 'overridden' ? { grounds: 'compelling' } : {}) }),
      );
      expect(await clauseFor('forge', uln)).toBe(clause);
    }
  });

  it('leaves the legal obligation, the own data, and what is outside its scope', async () => {
    const uln = await newLearner();
    await town.tell('forge', programme(uln, 'p-1'), leaving(uln, 'p-1'));
    await town.tell('careers', about(uln, 'objection.raised', { scope: {}, reason: 'mine' }));
    expect(linesOf(await town.passport('careers', 'track-participation', `uln:${uln}`))).toContain('programme.left-early by EL1');
    expect(await clauseFor('careers', uln)).toBe('own');
    const other = await newLearner();
    await town.tell(
      'careers',
      about(other, 'objection.raised', { ...objection, scope: { purposes: ['plan-learning'], recipients: ['college'] } }),
    );
    expect([await clauseFor('forge', other), await clauseFor('wulfrun', other)]).toEqual(['EP4', 'none']);
    expect(linesOf(await town.passport('wulfrun', 'deliver-programme', `uln:${other}`))).toContain('learner.identity by EP1');
  });

  it('is decided in the scope in which it was raised, however that is written', async () => {
    const uln = await newLearner();
    await town.tell('careers', about(uln, 'objection.raised', { scope: { categories: ['assessment', 'apir'] }, reason: 'mine' }));
    const decided = (categories: readonly string[]) =>
      about(uln, 'objection.decided', { scope: { categories }, reason: 'x', outcome: 'overridden', grounds: 'compelling' });
    expect(await codeOf('careers', decided(['assessment']))).toBe('unknown-reference');
    expect(await codeOf('careers', decided(['apir', 'assessment']))).toBe('accepted');
    expect(await codeOf('careers', decided(['apir', 'assessment']))).toBe('unknown-reference');
  });
});

describe('a restriction', () => {
  it('hides from all but the source, safeguarding and the legal obligation, until lifted', async () => {
    const uln = await newLearner();
    await town.tell('city-yot', registration(uln, `yot-${uln}`));
    await town.tell('careers', confirmed(uln, 'city-yot'));
    await town.tell('forge', programme(uln, 'p-1'), leaving(uln, 'p-1'));
    await town.tell('city-yot', assessment(uln, { framework: 'risk-of-reoffending' }));
    const restriction = { scope: {}, reason: 'contested' };
    await town.tell('careers', consent(uln, 'c-1'), about(uln, 'restriction.requested', restriction));
    expect([await clauseFor('forge', uln), await clauseFor('wulfrun', uln), await clauseFor('careers', uln)]).toEqual([
      'none',
      'none',
      'own',
    ]);
    expect(linesOf(await town.passport('careers', 'prevent-reoffending', `uln:${uln}`)).every((line) => line.endsWith(' own'))).toBe(true);
    expect(linesOf(await town.passport('forge', 'safeguard', `uln:${uln}`))).toContain('assessment.recorded by YJ2');
    expect(linesOf(await town.passport('careers', 'track-participation', `uln:${uln}`))).toContain('programme.left-early by EL1');
    await town.tell('careers', about(uln, 'restriction.lifted', restriction));
    expect(await clauseFor('wulfrun', uln)).toBe('EP3');
  });

  it('of a recipient binds it by its role or its slug', async () => {
    const [byRole, bySlug] = [await newLearner(), await newLearner()];
    await town.tell('careers', about(byRole, 'restriction.requested', { scope: { recipients: ['provider'] }, reason: 'x' }));
    await town.tell('careers', about(bySlug, 'restriction.requested', { scope: { recipients: ['college'] }, reason: 'x' }));
    expect([await clauseFor('forge', byRole), await clauseFor('wulfrun', byRole)]).toEqual(['none', 'EP4']);
    expect([await clauseFor('forge', bySlug), await clauseFor('wulfrun', bySlug)]).toEqual(['EP4', 'none']);
  });
});

describe('days of a consent', () => {
  it('are those of London, the first and the last included; renewed, it goes on', async () => {
    const uln = await newLearner();
    await town.tell('careers', consent(uln, 'c-1', { validFrom: '2026-10-03', expires: '2026-10-05' }));
    const at = async (instant: string): Promise<string> => {
      clock.set(Date.parse(instant));
      return clauseFor('forge', uln);
    };
    expect(await at('2026-10-02T23:59:59+01:00')).toBe('EP4');
    expect(await at('2026-10-03T00:00:00+01:00')).toBe('EP3');
    expect(await at('2026-10-05T23:59:59+01:00')).toBe('EP3');
    expect(await at('2026-10-06T00:00:00+01:00')).toBe('EP4');
    await town.tell('careers', change(uln, 'consent.renewed', 'c-1', { expires: '2026-10-31' }));
    expect(await at('2026-10-31T23:59:59Z')).toBe('EP3');
    expect(await at('2026-11-01T00:00:00Z')).toBe('EP4');
  });
});
