// Referrals, by the day on which they were made; and refusals, for whoever refused (views.md, S5 and D2).
import { anchorsOf } from '../lists/index.ts';

export const referralAnchors = anchorsOf(
  'referrals',
  1,
  { 'referral.made': (_, toldOn) => toldOn, 'referral.declined': (_, toldOn) => toldOn },
  { bySource: true },
);
