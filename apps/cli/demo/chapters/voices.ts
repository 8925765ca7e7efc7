// What learners say of a provider: six of them, so that none stands out.
import type { Tale } from '../tale.ts';

const ADVISER = 'connexions-north';
/** Its quarter is over when the story ends, whenever that is. */
export const VOICES_DAY = 45;

const COMMENTS = [
  'The workshop is cold in the mornings',
  'There are not enough tools for everybody',
  'We wait a long time for a machine',
  'The tutors are good, the tools are old',
  'More time in the workshop, please',
  'I like the joinery days best',
];

export const tellVoices = (tales: readonly Tale[]): void => {
  const known = tales.filter((tale) => tale.refOf(ADVISER).startsWith('local:'));
  for (const [place, comment] of COMMENTS.entries())
    known[place]?.tell(ADVISER, VOICES_DAY, ['feedback.given', { about: 'heath-town-skills', theme: 'workshops', rating: 2, comment }]);
};
