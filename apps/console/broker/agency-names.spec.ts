// By which names pages call agencies.
import { AgencyNames, nameInWords } from './agency-names.ts';

const YOT = { slug: 'city-yot', name: 'City Youth Offending Team', roles: ['yot'] };

describe('an agency', () => {
  it('is called as the register has it, and of who is not in it as its slug reads', async () => {
    let asked = 0;
    const names = new AgencyNames(async () => (asked++, { agencies: [YOT] }));
    expect(names.nameOf('city-yot')).toBe('City YOT');
    await Promise.all([names.ready(), names.ready()]);
    await names.ready();
    expect([names.nameOf('city-yot'), names.known('city-yot'), names.nameOf('old-school'), names.known('old-school'), asked]).toEqual([
      YOT.name,
      YOT.name,
      'Old School',
      undefined,
      1,
    ]);
  });

  it('is called by its slug where the broker is away, which is asked again later, not at every page', async () => {
    let asked = 0;
    const names = new AgencyNames(async () => {
      asked++;
      throw new Error('away');
    });
    await names.ready();
    await names.ready();
    expect([names.nameOf('st-chads-school'), asked]).toEqual(['St Chads School', 1]);
    expect(nameInWords('lsc-black-country')).toBe('LSC Black Country');
  });
});
