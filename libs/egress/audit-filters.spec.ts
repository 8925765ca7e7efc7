// By which basis decisions and flows are found.
import { isOnBasis } from './audit-filters.ts';

it.each([
  ['6(1)(e)', '6(1)(e)', true],
  ['6(1)(e), 9(2)(g)', '6(1)(e)', true],
  ['6(1)(e), 9(2)(g)', '9(2)(g)', true],
  ['6(1)(e), 9(2)(g)', '6(1)(e), 9(2)(g)', true],
  ['6(1)(ea)', '6(1)(e)', false],
  ['6(1)(e), 10', '1', false],
])('what is on the basis %s is found by %s: %s', (basis, wanted, expected) => expect(isOnBasis(basis, wanted)).toBe(expected));
