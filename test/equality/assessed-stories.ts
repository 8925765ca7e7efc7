// Assessments that are made again, and learners who walk in.
import { day, FROM, type Story } from './telling.ts';

/** By the one who assessed first: whether another may know of it, none of these stories can be sure. */
export const assessedAgain: Story = ({ n, careers, provider }, tell, draw) => {
  const by = draw(2) ? careers : provider;
  const vocational = { framework: 'vocational', domain: 'trades', instrument: 'Talk', assessor: { name: 'A', role: 'adviser' } } as const;
  const found = { outcome: { level: 'level-1', summary: 'Keen.' } };
  tell(by, 'assessment.recorded', { assessmentId: `vo-${n}`, ...vocational, ...found, assessedOn: day(FROM - 20) });
  if (draw(3) === 0) return;
  const reason = draw(2) ? 'not-comprehensive' : 'changed-circumstances';
  const again = { outcome: { level: draw(2) ? 'level-1' : 'level-2', summary: 'Again.' }, assessedOn: day(FROM - 5) };
  tell(by, 'assessment.recorded', {
    ...{ assessmentId: `va-${n}`, ...vocational, ...again },
    supersedes: { assessmentId: `vo-${n}`, reason },
  });
  if (draw(4) === 0)
    tell(by, 'assessment.rectified', { assessmentId: `va-${n}`, reason: 'misread', outcome: { level: 'entry-3', summary: 'Misread.' } });
};

export const walkedIn: Story = ({ n, provider }, tell) => {
  tell(provider, 'referral.made', { referralId: `self-${n}`, to: provider, route: 'self', reason: 'walked in again' });
};
