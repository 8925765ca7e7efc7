// What a broker meets every day: messages sent twice, ids used twice, and contributions that no protocol allows.
import type { Story } from '../story.ts';
import type { Tale } from '../tale.ts';

export const tellTrouble = (story: Story, [first, second]: readonly Tale[]): void => {
  if (!first || !second) return;
  const provider = 'black-country-training';
  const said = first.tell(provider, 61, [
    'feedback.given',
    { about: provider, theme: 'timetable', rating: 4, comment: 'Would like a later start' },
  ]);
  story.again(said, 62, { expected: 'duplicate' });
  story.again(said, 63, { data: { about: provider, theme: 'timetable', rating: 1 }, expected: 'conflict' });
  first.assess(provider, 64, { framework: 'apir', domain: 'whole', summary: 'Only the adviser records this' }, 'rejected');
  second.tell('castings-ltd', 65, ['offence.noted', { incident: 'An employer records no offences' }], 'rejected');
  first.tell(
    provider,
    66,
    [
      'programme.signed-off',
      { programmeId: first.id('programme'), signedBy: { name: 'T. Bennett', role: 'key-worker' }, signedOn: story.date(66) },
    ],
    'rejected',
  );
  story.tell(
    'connexions-north',
    67,
    ['learner.registered', { localId: 'CN-9999', uln: '1234567890', givenName: 'Nobody', familyName: 'Known', dateOfBirth: '2010-01-01' }],
    { subject: 'uln:1234567890', expected: 'rejected' },
  );
  story.tell(
    'wulfrun-college',
    68,
    [
      'achievement.recorded',
      { achievementId: 'x-1', kind: 'accredited', title: 'Of a learner whom it does not know', awardedOn: story.date(60) },
    ],
    { subject: first.refOf('wulfrun-college'), expected: 'rejected' },
  );
  second.tell(provider, 69, ['circumstance.noted', { kind: 'caring', note: 'Changed on the way' }], 'unverifiable');
};

/** Who looked at what; some were refused. */
export const tellLooks = (story: Story, tales: readonly Tale[]): void => {
  const [first, second, third] = tales;
  if (!first || !second || !third) return;
  const provider = 'black-country-training';
  story.look(provider, 20, first.refOf(provider), ['plan-learning', 'deliver-programme']);
  story.look('connexions-north', 46, first.refOf('connexions-north'), ['support-learner']);
  story.look(provider, 30, second.refOf(provider), ['plan-learning']);
  // The same after the consent was withdrawn: only what rests on no consent is left.
  story.look(provider, 70, second.refOf(provider), ['plan-learning']);
  story.look('heath-town-skills', 40, third.refOf('heath-town-skills'), ['plan-learning']);
  story.look('wolverhampton-council', 90, `uln:${first.person.uln}`, ['track-participation']);
  story.look('forge-apprenticeships', 91, `uln:${first.person.uln}`, ['plan-learning']);
};
