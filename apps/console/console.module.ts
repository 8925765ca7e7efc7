// The pages of the console: the shell, and each area's own controllers.
import { type DynamicModule, Module, type Type } from '@nestjs/common';
import { Agreements } from './broker/agreements.ts';
import { ApiDescription } from './broker/api-description.ts';
import { AgencyController } from './agency/agency.controller.ts';
import { StaffAccountsController } from './agency/staff-accounts.controller.ts';
import { ReadableAgreementsController } from './agreements/agreements.controller.ts';
import { ProposingController } from './agreements/proposing.controller.ts';
import { DATA_MANAGER_PAGES } from './data-manager/index.ts';
import { AGREEMENT_PAGES } from './officer/agreements-pages.ts';
import { ConsentController } from './entry/consent.controller.ts';
import { EnterController } from './entry/enter.controller.ts';
import { EventForms } from './entry/event-forms.ts';
import { ListDescriptions } from './broker/list-descriptions.ts';
import { OVERSIGHT_PAGES } from './officer/index.ts';
import { FIGURE_PAGES } from './officer/figure-pages.ts';
import { LEARNER_PAGES } from './learner/index.ts';
import { CodeController } from './shell/code.controller.ts';
import { Issuer } from './shell/issuer.ts';
import { AssetsController, STYLESHEETS } from './shell/assets.controller.ts';
import { RecordedController } from './shell/recorded.controller.ts';
import { PurposeController } from './shell/purpose.controller.ts';
import { SignInController } from './shell/sign-in.controller.ts';
import { Signatories } from './shell/signatories.ts';
import { UnsentController } from './shell/unsent.controller.ts';
import { PLAN_PAGES } from './plan/index.ts';
import { STAFF_PAGES } from './staff/index.ts';
import { ListShowing } from './staff/list-showing.ts';
import type { Stylesheet } from './shell/stylesheets.ts';

/** One line an area. */
const AREAS: readonly Type[] = [
  AgencyController,
  StaffAccountsController,
  ReadableAgreementsController,
  ProposingController,
  EnterController,
  ConsentController,
  ...OVERSIGHT_PAGES,
  ...FIGURE_PAGES,
  ...AGREEMENT_PAGES,
  ...DATA_MANAGER_PAGES,
  ...STAFF_PAGES,
  ...PLAN_PAGES,
  ...LEARNER_PAGES,
];

export interface ConsoleParts {
  readonly issuer: Issuer;
  readonly stylesheets: Readonly<Record<string, Stylesheet>>;
  readonly signatories: Signatories;
}

@Module({})
export class ConsoleModule {
  static of({ issuer, stylesheets, signatories }: ConsoleParts): DynamicModule {
    return {
      module: ConsoleModule,
      controllers: [SignInController, CodeController, PurposeController, RecordedController, UnsentController, AssetsController, ...AREAS],
      providers: [
        Agreements,
        ApiDescription,
        EventForms,
        ListDescriptions,
        ListShowing,
        { provide: Issuer, useValue: issuer },
        { provide: STYLESHEETS, useValue: stylesheets },
        { provide: Signatories, useValue: signatories },
      ],
    };
  }
}
