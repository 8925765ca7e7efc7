// Addresses to which pages go by themselves, and the same as somebody presses them.
import { asPressed, byItself, inLanguage, wentByItself } from './paths.ts';

const get = (url: string) => ({ method: 'GET', url }) as Parameters<typeof inLanguage>[0];

it.each(['/dpo', '/me/record?kind=assessment', '/staff/lists/duties?sort=-dueOn&cursor=a%2Bb'])('%s by itself is the same page', (url) => {
  expect([wentByItself(get(url)), wentByItself(get(byItself(url)))]).toEqual([false, true]);
  expect(asPressed(byItself(url))).toBe(url);
  expect(byItself(byItself(url))).toBe(byItself(url));
});

it('what is sent is somebody’s doing, whatever its address says', () => {
  expect(wentByItself({ method: 'POST', url: byItself('/me') })).toBe(false);
});

it('a link from there to another language is one that is pressed', () => {
  expect(inLanguage(get(byItself('/me/record?kind=assessment')), 'cy')).toBe('/me/record?kind=assessment&lang=cy');
});
