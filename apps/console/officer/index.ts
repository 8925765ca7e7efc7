// The pages of data protection officers about consents and decisions.
import type { Type } from '@nestjs/common';
import { AgencyLooksController } from './agency-looks.controller.ts';
import { AsOfController } from './as-of.controller.ts';
import { ConsentsController } from './consents.controller.ts';
import { DecisionsController } from './decisions.controller.ts';
import { LearnersController } from './learners.controller.ts';
import { QuestionsController } from './questions.controller.ts';
import { LooksController } from './looks.controller.ts';
import { TodayController } from './today.controller.ts';
import { WithdrawalsController } from './withdrawals.controller.ts';

export const OVERSIGHT_PAGES: readonly Type[] = [
  TodayController,
  LearnersController,
  LooksController,
  AgencyLooksController,
  DecisionsController,
  ConsentsController,
  AsOfController,
  WithdrawalsController,
  QuestionsController,
];
