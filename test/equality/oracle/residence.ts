// Who serves the place where a learner lives (sharing-matrix.md, W4): nobody's own word moves a learner to itself.
import { type Agency, text, type Told } from './told.ts';

const AREA_ROLES = ['connexions', 'local-authority', 'yot', 'social-services', 'jobcentre'];

const serves = ({ roles, districts }: Agency, postcode: string): boolean =>
  roles.some((role) => AREA_ROLES.includes(role)) &&
  districts.some((district) => postcode === district || postcode.startsWith(`${district} `));

/** `statements`: identity told by those who stand, in their order. */
export const isResident = (agency: string, agencies: readonly Agency[], statements: readonly Told[]): boolean => {
  let area = new Set<string>();
  const latest = new Map<string, string>();
  for (const { by, data } of statements) {
    const postcode = text(data, 'postcode');
    if (postcode === undefined) continue;
    const serving = agencies.filter((one) => serves(one, postcode));
    const isVouched = (one: Agency): boolean =>
      one.slug !== by || area.has(one.slug) || [...latest].some(([other, said]) => other !== one.slug && serves(one, said));
    const vouched = serving.filter(isVouched).map(({ slug }) => slug);
    area = new Set(vouched.length === serving.length ? vouched : [...vouched, ...area]);
    latest.set(by, postcode);
  }
  return area.has(agency);
};
