import { prefers } from './http-form.ts';

describe('the special form of an answer', () => {
  it.each([
    ['application/jose', true],
    ['Application/JOSE', true],
    ['application/jose;q=0.5', true],
    ['text/html, application/jose ;charset=utf-8; q=0.2', true],
    ['application/json, application/jose', true],
    ['application/json;q=0.5, application/jose', true],
    ['application/jose;q=0', false],
    ['application/jose;q=0.5, application/json', false],
    ['application/jose+json', false],
    ['application/*', false],
    ['*/*', false],
    ['', false],
  ])('is given to who accepts %j: %j', (accept, given) => {
    expect(prefers(accept, 'application/jose', 'application/json')).toBe(given);
  });
});
