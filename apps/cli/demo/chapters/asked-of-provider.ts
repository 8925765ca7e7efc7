// What waits for the data protection officer of a provider: a complaint, a question that is overdue, and looks that are to be explained.
import type { Story } from '../story.ts';
import type { Tale } from '../tale.ts';

const PROVIDER = 'black-country-training';
const PAGE = 'own-page-wv';
/** The first three learners are those of the guides. */
const OF_GUIDES = 3;
/** With ten at one learner they are unusual. */
const LOOKS = 11;

export const tellAskedOfProvider = (story: Story, tales: readonly Tale[]): void => {
  const [one, other] = tales.slice(OF_GUIDES).filter((tale) => tale.refOf(PROVIDER).startsWith('local:'));
  if (one === undefined || other === undefined) return;
  one.tell(PAGE, 104, ['question.asked', { questionId: one.id('question'), about: PROVIDER, text: 'Who told you about my last school?' }]);
  other.tell(PAGE, 140, [
    'complaint.made',
    { complaintId: other.id('complaint'), about: PROVIDER, text: 'You wrote to my old address, and my stepfather opened it.' },
  ]);
  for (let look = 0; look < LOOKS; look++) story.look({ by: PROVIDER, staff: 'k.reid' }, 148, one.refOf(PROVIDER), ['deliver-programme']);
};
