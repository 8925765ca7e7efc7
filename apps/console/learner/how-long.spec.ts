// Durations of agreements as a learner reads them.
import { howLong } from './how-long.ts';

it.each([
  ['P1Y', '1 year', '1 flwyddyn'],
  ['P2Y', '2 years', '2 flynedd'],
  ['P6Y', '6 years', '6 blynedd'],
  ['P1M', '1 month', '1 mis'],
  ['P3M', '3 months', '3 mis'],
  ['P1Y6M', '1 year, 6 months', '1 flwyddyn, 6 mis'],
  ['P90D', '90 days', '90 diwrnod'],
])('%s is %s, and %s in Welsh', (duration, english, welsh) => {
  expect([howLong('en', duration), howLong('cy', duration)]).toEqual([english, welsh]);
});
