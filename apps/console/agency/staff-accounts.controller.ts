// An agency's people as far as these pages know them: who is signed in, and how an account comes to be where accounts are kept (console.md,
// 1). The console is no issuer: it adds nobody, and knows no password.
import { Controller, Get, Inject, Param, Post } from '@nestjs/common';
import { Issuer } from '../shell/issuer.ts';
import { type Visit, VisitOf } from '../shell/visit.ts';
import { administratorOf } from './administrator.ts';
import { ROLE_LINES } from './staff-accounts.ts';

@Controller('agency/staff')
export class StaffAccountsController {
  readonly #issuer: Issuer;

  constructor(@Inject(Issuer) issuer: Issuer) {
    this.#issuer = issuer;
  }

  @Get()
  staff(@VisitOf() visit: Visit): string {
    const { agency } = administratorOf(visit);
    const { kept, own } = visit.signIns;
    const signIns = kept.ofStaffAt(agency).map((one) => ({ ...one, own: one.id === own }));
    return visit.page('agency/staff.njk', { agency, signIns, issuer: this.#issuer.address, roles: ROLE_LINES });
  }

  /** Of somebody else: one's own sign-in is ended as everybody's is. */
  @Post(':signIn/end')
  end(@VisitOf() visit: Visit, @Param('signIn') id: string): void {
    const { agency } = administratorOf(visit);
    const { kept, own } = visit.signIns;
    if (id !== own) kept.endOfStaffAt(agency, id);
    visit.say('That sign-in is over. Whoever still has an account can sign in again: end the account where accounts are kept.');
    visit.goTo('/agency/staff');
  }
}
