// What learners said to sharing, and how it went on.
import type { Slug } from '../cast.ts';
import type { Tale } from '../tale.ts';

export type ConsentFate = 'given' | 'refused' | 'withdrawn' | 'paused' | 'resumed' | 'renewed' | 'expired' | 'narrow' | 'none';

interface Asked {
  readonly day: number;
  readonly fate: ConsentFate;
}

const WITHDRAWN_AFTER = 55;
const PAUSED_AFTER = 45;
const RESUMED_AFTER = 52;
const EXPIRES_AFTER = 60;
const RENEWED_AFTER = 50;

export const tellConsent = (tale: Tale, adviser: Slug, { day, fate }: Asked): void => {
  if (fate === 'none') return;
  if (fate === 'refused') {
    tale.tell(adviser, day, ['consent.refused', tale.consent(day, {})]);
    return;
  }
  const narrow = fate === 'narrow' ? { recipients: ['connexions'] } : {};
  const limited = fate === 'expired' || fate === 'renewed' ? { expires: tale.date(day + EXPIRES_AFTER) } : {};
  const method = tale.person.number % 3 === 0 ? 'online' : 'signed-form';
  tale.tell(adviser, day, ['consent.given', tale.consent(day, { method, ...narrow, ...limited })]);
  continueConsent(tale, adviser, { day, fate });
};

const continueConsent = (tale: Tale, adviser: Slug, { day, fate }: Asked): void => {
  const said = { consentId: tale.id('consent'), by: 'learner' };
  if (fate === 'withdrawn')
    tale.tell(adviser, day + WITHDRAWN_AFTER, ['consent.withdrawn', { ...said, reason: 'Does not want the provider to see it any more' }]);
  if (fate === 'paused' || fate === 'resumed') tale.tell(adviser, day + PAUSED_AFTER, ['consent.paused', said]);
  if (fate === 'resumed') tale.tell(adviser, day + RESUMED_AFTER, ['consent.resumed', said]);
  if (fate === 'renewed')
    tale.tell(adviser, day + RENEWED_AFTER, ['consent.renewed', { ...said, expires: tale.date(day + EXPIRES_AFTER + 365) }]);
};
