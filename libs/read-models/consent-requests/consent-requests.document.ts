// Whether a learner has been asked already (console.md, 4.5): nobody asks twice for want of knowing.
import { learnerDocument } from '../documents/index.ts';
import { code, day, groups, text, texts } from '../lists/index.ts';
import { type ConsentRequestRow, type ConsentRequests, consentRequestsIn, REQUEST_STATES } from './consent-requests.answer.ts';

export const consentRequests = learnerDocument<ConsentRequests>({
  name: 'consent-requests',
  says: 'What the asking agency itself asked the learner to agree to, the last first; what the learner answered is not told here.',
  purposes: ['plan-learning', 'support-learner', 'deliver-programme'],
  items: { types: ['consent.requested'], categories: ['consent'] },
  dated: true,
  fields: {
    rows: groups<ConsentRequestRow>('The last asked first.', {
      protocol: text('Id of the agreement.'),
      purposes: texts('For what.'),
      categories: texts('About which kinds of data.'),
      recipients: texts('Who would see it: roles, or slugs of agencies.'),
      askedOn: day('Day on which it was asked.'),
      until: day('Last day on which an answer is awaited.'),
      state: code(REQUEST_STATES, 'Whether that day is over.'),
    }),
  },
  content: consentRequestsIn,
});
