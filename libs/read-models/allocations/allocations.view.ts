// What may leave a learner without an adviser: a programme begun, a way in that is not the service's own, an adviser gone (views.md, S5).
import { anchorsOf } from '../lists/index.ts';

export const allocationAnchors = anchorsOf(
  'allocations',
  1,
  {
    'programme.started': ({ startedOn }) => startedOn,
    'referral.made': ({ route }, toldOn) => (route === 'self' || route === 'out-of-area' ? toldOn : undefined),
    'learner.adviser-ended': ({ on }) => on,
  },
  { bySource: true },
);
